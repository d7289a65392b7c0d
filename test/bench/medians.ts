import type { Measured } from './interleave.ts'
import type { Goal } from './row.ts'

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** The figure of one contestant in every round that counts. */
export const valuesOf = ({ counted }: Measured, contestant: string, figure: string): number[] =>
  counted.flatMap(round => round.figures[contestant]?.[figure] ?? [])

/** A goal with what was reached; `value` null: nobody measured it, and `why`. */
export interface Judged {
  goal: Goal
  value: number | null
  /** Whether the goal holds; null: not measured. */
  held: boolean | null
  /** What it was not measured for, or what limits the figure of a missed one. */
  why: string
}

/** The ratio of medians, or the median itself, held to the goal. */
export function judge(measured: Measured, goal: Goal): Judged {
  const names = ['rtbench', ...(goal.against === null ? [] : [goal.against])]
  const absent = names.find(name => name in measured.missing)
  if (absent !== undefined) return { goal, value: null, held: null, why: `${absent}: ${measured.missing[absent]}` }
  const [own, other] = names.map(name => median(valuesOf(measured, name, goal.figure)))
  const value = other === undefined ? own! : own! / other
  const held = 'most' in goal ? value <= goal.most : value >= goal.least
  return { goal, value, held, why: held ? '' : whatLimits(measured, goal) }
}

function whatLimits(measured: Measured, goal: Goal): string {
  const { figure, against } = goal
  if (figure !== 'cpu' || against === null || !('most' in goal)) return measured.row.limit ?? ''
  const us = (contestant: string, name: string) => median(valuesOf(measured, contestant, name))
  const allowed = (goal.most * us(against, 'cpu')).toPrecision(3)
  const [own, other] = ['rtbench', against].map(name => us(name, 'kernel').toPrecision(3))
  return `the goal allows ${allowed} µs, of which the kernel alone takes ${own} (for ${against} ${other})`
}

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

/** Time, and the figure that is the kernel's part of it. */
const KERNEL_OF: Record<string, string> = { cpu: 'kernel', openMs: 'openKernelMs' }

function whatLimits(measured: Measured, goal: Goal): string {
  const { figure, against } = goal
  const kernel = KERNEL_OF[figure]
  if (kernel === undefined || against === null || !('most' in goal)) return measured.row.limit ?? ''
  const time = (contestant: string, name: string) => median(valuesOf(measured, contestant, name))
  const unit = measured.row.figures[figure]!.split(' ', 1)[0]
  const allowed = (goal.most * time(against, figure)).toPrecision(3)
  const [own, other] = ['rtbench', against].map(name => time(name, kernel).toPrecision(3))
  return `the goal allows ${allowed} ${unit}, of which the kernel alone takes ${own} (for ${against} ${other})`
}

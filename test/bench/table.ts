import { judge, median, valuesOf } from './medians.ts'
import type { Measured } from './interleave.ts'
import type { Goal } from './row.ts'

const number = (value: number): string =>
  Math.abs(value) >= 1000 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(4)))

const limitOf = (goal: Goal): string => ('most' in goal ? `≤ ${number(goal.most)}` : `≥ ${number(goal.least)}`)

/** The lines of one row: figures of all contestants, then each goal with its verdict. */
export function rowText(measured: Measured): string {
  const { row, counted, voided, missing } = measured
  const lines = [row.title]
  for (const [figure, unit] of Object.entries(row.figures)) {
    const all = Object.keys(row.contestants).flatMap(name => {
      const values = valuesOf(measured, name, figure)
      if (values.length === 0) return []
      const range = `${number(Math.min(...values))}–${number(Math.max(...values))}`
      return [`${name} ${number(median(values))} (${range})`]
    })
    lines.push(`    ${figure}, ${unit}: ${all.join(' · ')}`)
  }
  for (const goal of row.goals) {
    const { value, held, why } = judge(measured, goal)
    const what = goal.against === null ? goal.figure : `${goal.figure} ÷ ${goal.against}`
    const verdict = held === null ? `skipped: ${why}` : held ? 'reached' : `MISSED: ${why}`
    lines.push(
      `  ${what.padEnd(28)} ${(value === null ? '–' : number(value)).padStart(9)}  ${limitOf(goal).padEnd(12)} ${verdict}`,
    )
  }
  const disturbed = counted.filter(round => round.void).length
  const noted = Object.entries(missing).filter(([name]) => !row.goals.some(goal => goal.against === name))
  for (const [name, reason] of noted) lines.push(`    ${name} is left out: ${reason}`)
  lines.push(
    `    ${counted.length} rounds counted${disturbed > 0 ? `, ${disturbed} of them disturbed by neighbours` : ''}, ${voided.length} void`,
  )
  return lines.join('\n')
}

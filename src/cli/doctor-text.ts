import type { Holding } from '../engine/doctor.ts'
import { wrap } from './wrap.ts'

/** What holds how many connections, and under each limit that is too low the line that lifts it. */
export function doctorText(holdings: readonly Holding[], asked: number | null): string {
  const rows = holdings.map(({ resource, value, unit, connections }) => [
    resource,
    amount(value, unit),
    connections === null ? 'no bound' : count(connections),
  ])
  const table = [['', 'limit', 'connections'], ...rows]
  const widths = [0, 1, 2].map(column => Math.max(...table.map(row => row[column]!.length)))
  const lines = table.flatMap((row, index) => {
    const holding = holdings[index - 1]
    const cells = row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
    const line = `  ${cells.join('  ')}`.trimEnd()
    if (holding === undefined) return [line]
    return [line, wrap(holding.why, '      '), wrap(`lift: ${holding.lift}`, '      ')]
  })
  const least = leastHolding(holdings)
  const found = `This machine holds about ${count(least.connections!)} connections; the limit is: ${least.resource}.`
  return `${lines.join('\n')}\n\n${wrap(asked === null ? found : `${verdict(least, asked)} ${found}`, '')}\n`
}

/** The resource that is used up first. */
export function leastHolding(holdings: readonly Holding[]): Holding {
  const bounds = holdings.filter(({ connections }) => connections !== null)
  return bounds.reduce((least, next) => (next.connections! < least.connections! ? next : least))
}

const verdict = (least: Holding, asked: number) =>
  least.connections! >= asked ? 'PASS' : `FAIL ${count(asked)} do not fit.`
const count = (value: number) => value.toLocaleString('en-US')
const amount = (value: number, unit: Holding['unit']) =>
  unit === 'bytes' ? `${count(Math.round(value / 1024 ** 2))} MiB` : `${value > 1e12 ? 'no limit' : count(value)}`

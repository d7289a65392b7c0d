// The comparison tables of README.md, from what the bench measured last: results/*.json.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Judged } from './medians.ts'
import { median } from './medians.ts'
import type { Round } from './interleave.ts'

const root = path.resolve(import.meta.dirname, '../../..')
export const README = path.join(root, 'README.md')
const START = '<!-- comparison: npm run bench writes it -->\n'
const END = '<!-- /comparison -->'

/** What `npm run bench` keeps of a file of rows. */
interface Results {
  measuredAt: string
  machine: { processor?: string; cores: number; node: string }
  rows: { title: string; figures: Record<string, string>; goals: Judged[]; counted: Round[] }[]
}

const number = (value: number): string =>
  Math.abs(value) >= 1000 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)))

/** One line per figure that has a goal: rtbench, and everybody who did the same work beside it. */
function lines({ rows }: Results): string[] {
  return rows.flatMap(({ title, figures, goals, counted }) =>
    [...new Set(goals.map(({ goal }) => goal.figure))].map(figure => {
      const medianOf = (name: string) => median(counted.flatMap(round => round.figures[name]?.[figure] ?? []))
      const names = [...new Set(counted.flatMap(round => Object.keys(round.figures)))].sort()
      const own = medianOf('rtbench')
      const others = names
        .filter(name => name !== 'rtbench')
        .map(name => `${name} ${number(medianOf(name))} (${number(own / medianOf(name))} ×)`)
      return `| ${title} | ${figures[figure]} | ${number(own)} | ${others.join(', ')} |`
    }),
  )
}

const machineOf = ({ machine: { cores, processor, node } }: Results): string =>
  `${cores} cores of ${processor ?? 'an unknown processor'}, Node.js ${node}`

/** What one machine measured, and under which conditions: figures of two machines do not belong side by side. */
function table(machine: string, results: Results[]): string[] {
  const rounds = results.flatMap(({ rows }) => rows.flatMap(({ counted }) => counted))
  const days = results.map(({ measuredAt }) => measuredAt.slice(0, 10)).sort()
  const disturbed = rounds.filter(round => round.void).length
  return [
    '| work | figure | rtbench | beside it (rtbench ÷ that) |',
    '| :--- | :--- | ---: | :--- |',
    ...results.flatMap(lines),
    '',
    `Medians of interleaved rounds, ${[...new Set([days[0], days.at(-1)])].join(' to ')}, on ${machine};`,
    `${disturbed} of ${rounds.length} rounds were disturbed by other work on the machine.`,
    '',
  ]
}

/** One table for each machine. */
export function comparison(): string {
  const folder = path.join(root, 'test/bench/results')
  const files = readdirSync(folder)
    .filter(name => name.endsWith('.json'))
    .sort()
  const all = files.map(name => JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as Results)
  const machines = [...new Set(all.map(machineOf))].sort()
  return machines
    .flatMap(machine =>
      table(
        machine,
        all.filter(results => machineOf(results) === machine),
      ),
    )
    .join('\n')
}

/** README.md with the tables of today between its markers. */
export function withComparison(readme: string): string {
  const from = readme.indexOf(START)
  const to = readme.indexOf(END)
  if (from === -1 || to < from) throw new Error('README.md has lost the markers of the comparison table')
  return readme.slice(0, from + START.length) + comparison() + readme.slice(to)
}

// npm run bench [-- --quick] [-- row…]: every row of rows/, or those whose file name contains one of the words.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import path from 'node:path'
import { README, withComparison } from './comparison.ts'
import { interleave } from './interleave.ts'
import { atRealTimePriority } from './machine-noise.ts'
import { judge } from './medians.ts'
import type { Rows, Span } from './row.ts'
import { rowText } from './table.ts'

const FULL = { rounds: 5, span: { warmUpMs: 700, runMs: 2000 } satisfies Span }
const QUICK = { rounds: 3, span: { warmUpMs: 500, runMs: 1200 } satisfies Span }

const words = process.argv.slice(2)
const quick = words.includes('--quick')
const wanted = words.filter(word => word !== '--quick')
const { rounds, span } = quick ? QUICK : FULL
const results = path.resolve(import.meta.dirname, '../../../test/bench/results')

const names = readdirSync(path.join(import.meta.dirname, 'rows'))
  .filter(name => name.endsWith('.js'))
  .map(name => name.slice(0, -'.js'.length))
  .filter(name => wanted.length === 0 || wanted.some(word => name.includes(word)))
if (names.length === 0) {
  process.stderr.write(`no row matches ${wanted.join(' ')}\n`)
  process.exit(2)
}

const say = (text: string) => {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${text}`)
}

const [processor] = cpus()
const machine = {
  processor: processor?.model,
  cores: cpus().length,
  node: process.version,
  platform: process.platform,
  atRealTimePriority: atRealTimePriority(),
}
mkdirSync(results, { recursive: true })
let missed = 0
for (const name of names) {
  const { default: rows } = (await import(`./rows/${name}.js`)) as { default: Rows }
  const kept: object[] = []
  for (const row of rows) {
    const measured = await interleave(row, rounds, span, say)
    say('')
    process.stdout.write(`${rowText(measured)}\n\n`)
    const goals = row.goals.map(goal => judge(measured, goal))
    missed += goals.filter(({ held }) => held === false).length
    const { counted, voided, missing } = measured
    kept.push({ title: row.title, figures: row.figures, goals, counted, voided, missing })
    const result = { measuredAt: new Date().toISOString(), machine, quick, span, rows: kept }
    writeFileSync(path.join(results, `${name}.json`), `${JSON.stringify(result, null, 2)}\n`)
  }
}
writeFileSync(README, withComparison(readFileSync(README, 'utf8')))
process.stdout.write(missed === 0 ? 'every goal that was measured is reached\n' : `${missed} goals are missed\n`)
process.exitCode = missed === 0 ? 0 : 1

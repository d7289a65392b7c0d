import type { Done } from './run-scenarios.ts'

const WORDS = { pass: 'held', fail: 'FAILED', invalid: 'INVALID', unreachable: 'UNREACHABLE' }

/** One line per result and one for all: what a CI log is read for. */
export function runSummary(done: readonly Done[], planned: number): string {
  // Steps of two files may bear one name.
  const isOneFile = new Set(done.map(({ scenario }) => scenario.file)).size === 1
  const nameOf = ({ scenario, step }: Done) => (isOneFile ? step.name : `${scenario.name}: ${step.name}`)
  const width = Math.max(...done.map(run => nameOf(run).length))
  const lines = done.map(one => {
    const { side, round, report } = one
    const run = done.some(other => other.side === 'b' || other.round > 1) ? ` ${side}${round}` : ''
    const missed = report.thresholds.filter(({ ok }) => !ok).map(({ expr }) => expr)
    const failed = report.checks.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id)
    const why = [...missed, ...failed].slice(0, 3).join(', ')
    return `  ${nameOf(one).padEnd(width)}${run}  ${WORDS[report.verdict]}${why === '' ? '' : `: ${why}`}`
  })
  const held = done.filter(({ report }) => report.verdict === 'pass').length
  const rest = planned - done.length
  const notRun = rest === 0 ? '' : `, ${rest} not run`
  return `${lines.join('\n')}\n${planned} runs: ${held} held, ${done.length - held} did not${notRun}\n`
}

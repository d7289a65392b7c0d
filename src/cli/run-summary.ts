import type { Done } from './run-scenarios.ts'

const WORDS = { pass: 'held', fail: 'FAILED', invalid: 'INVALID', unreachable: 'UNREACHABLE' }

/** One line per result and one for all: what a CI log is read for. */
export function runSummary(done: readonly Done[], planned: number): string {
  const width = Math.max(...done.map(({ step }) => step.name.length))
  const lines = done.map(({ step, side, round, report }) => {
    const run = done.some(other => other.side === 'b' || other.round > 1) ? ` ${side}${round}` : ''
    const missed = report.thresholds.filter(({ ok }) => !ok).map(({ expr }) => expr)
    const failed = report.checks.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id)
    const why = [...missed, ...failed].slice(0, 3).join(', ')
    return `  ${step.name.padEnd(width)}${run}  ${WORDS[report.verdict]}${why === '' ? '' : `: ${why}`}`
  })
  const held = done.filter(({ report }) => report.verdict === 'pass').length
  const rest = planned - done.length
  const notRun = rest === 0 ? '' : `, ${rest} not run`
  return `${lines.join('\n')}\n${planned} runs: ${held} held, ${done.length - held} did not${notRun}\n`
}

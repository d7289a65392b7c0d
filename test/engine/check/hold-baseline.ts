import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { readBaseline } from '../../../src/config/baseline.ts'
import type { CheckResult, Report } from '../../../src/report/report.ts'
import { rtbench } from '../../cli/run-rtbench.ts'
import { missing } from '../../servers/installed.ts'
import { type RealServer, realServers, withoutSpeed } from './real-servers.ts'

const BASELINES = path.resolve(import.meta.dirname, '../../../../test/engine/check/baselines')
/** What a baseline must name; passing and informing need no word. */
const DEVIATIONS = new Set(['fail', 'error', 'warn', 'skip'])
/** Skips that say how the check was called, not what the server lacks. */
const NOT_ASKED = /^takes over 15 s|^needs (echo|credentials|allowed-origin|tls|deflate):/
const isDeviation = ({ verdict, reason }: CheckResult) =>
  DEVIATIONS.has(verdict) && !(verdict === 'skip' && NOT_ASKED.test(reason))

/** Each of these servers, as it is installed, gets the verdicts that its baseline knows; its packages may be missing. */
export function holdBaselines(...names: string[]): void {
  describe('servers as they are installed get the verdicts that are known of them', { concurrency: 2 }, () => {
    for (const { name, needs, start } of realServers.filter(({ name }) => names.includes(name)))
      it(name, t => hold(t, name, needs, start))
  })
}

async function hold(t: TestContext, name: string, needs: RealServer['needs'], start: RealServer['start']) {
  const reason = needs === undefined ? null : missing(needs)
  if (reason !== null) {
    t.skip(reason)
    return
  }
  const file = path.join(BASELINES, `${name}.yaml`)
  const baseline = readBaseline(file, name => readFileSync(name, 'utf8'))
  const words = [...(await start(t)), ...withoutSpeed, '--strict', '--baseline', file, '--json']
  const { stdout, stderr, code } = await rtbench(['check', ...words])
  assert.ok(stdout.startsWith('{'), stderr)
  const report = JSON.parse(stdout) as Report
  assert.equal(report.interrupted, undefined, 'not ended within two minutes')
  assert.deepEqual(
    Object.fromEntries(report.checks.filter(isDeviation).map(({ id, verdict }) => [id, verdict])),
    Object.fromEntries(Object.entries(baseline).map(([id, { verdict }]) => [id, verdict])),
    explain(report, baseline),
  )
  assert.deepEqual(report.findings, [])
  assert.equal(code, 0)
}

/** What is not as it is known, with what was seen. */
function explain(report: Report, known: ReturnType<typeof readBaseline>): string {
  return report.checks
    .filter(check => (known[check.id] === undefined ? isDeviation(check) : known[check.id]!.verdict !== check.verdict))
    .map(({ id, verdict, expected, observed, reason }) => `${id}: ${verdict}: ${expected} | ${observed} | ${reason}`)
    .join('\n')
}

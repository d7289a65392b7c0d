import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import type { Report } from '../../../src/report/report.ts'
import { rtbench } from '../../cli/run-rtbench.ts'
import { startServer } from '../../servers/start.ts'

const RSS_MAX_KIB = 400 * 1024
const TELL_RSS = `process.on('exit', () => console.error('peak ' + process.resourceUsage().maxRSS))`
const NODE_OPTIONS = `--import=data:text/javascript,${encodeURIComponent(TELL_RSS)}`

/** Host and port of something that is no decent server. */
export type Unfriendly = (t: TestContext) => Promise<string>

export interface UnfriendlyCase {
  what: string
  at: Unfriendly
  transport: 'ws' | 'sse' | 'poll'
  code: 1 | 4
  /** Matches the ids of what failed, a line each, and why nothing could be reached. */
  says: RegExp
  only?: string[]
}

export const hostile =
  (how: string): Unfriendly =>
  async t =>
    (await startServer(t, 'hostile', [how])).host

/** Each is checked by the real program, which ends by itself with this verdict and without much memory. */
export function checkUnfriendly(title: string, cases: readonly UnfriendlyCase[]): void {
  describe(title, { concurrency: 2 }, () => {
    for (const one of cases) it(`${one.what}, over ${one.transport}`, t => checkOne(t, one))
  })
}

async function checkOne(t: TestContext, { at, transport, code, says, only = [] }: UnfriendlyCase): Promise<void> {
  const url = `${transport === 'ws' ? 'ws' : 'http'}://${await at(t)}/`
  const words = ['-t', transport, '--timeout', '1s', ...only.flatMap(id => ['--only', id])]
  const ended = await rtbench(['check', url, ...words, '--json'], { NODE_OPTIONS })
  assert.ok(ended.stdout.startsWith('{'), ended.stderr)
  const report = JSON.parse(ended.stdout) as Report
  assert.equal(report.interrupted, undefined, 'not ended within two minutes')
  const failed = report.checks.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id)
  const said = [...failed, ...report.failures.flatMap(({ examples }) => examples)].join('\n')
  assert.equal(ended.code, code, `${said}\n${ended.stderr}`)
  assert.equal(report.verdict, code === 4 ? 'unreachable' : 'fail')
  assert.match(said, says)
  const peak = Number(/^peak (\d+)$/m.exec(ended.stderr)?.[1])
  assert.ok(peak < RSS_MAX_KIB, `${peak} KiB`)
}

import type { SelfTestResult } from '../engine/selftest.ts'

/** The self-tests that did not come out as they say, then one line that counts. */
export function selfTestText(checks: number, results: readonly SelfTestResult[]): string {
  const wrong = results.filter(({ ok }) => !ok)
  const lines = wrong.map(({ id, peer, problem }) => `failed  ${id}: ${peer}: ${problem}`)
  return [...lines, `${checks} checks, ${results.length} peers, ${wrong.length} failed`, ''].join('\n')
}

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { exitCode, worstExitCode } from '../../src/cli/exit-code.ts'
import type { RunVerdict } from '../../src/report/report.ts'

describe('exit codes', () => {
  const verdicts: Record<RunVerdict, number> = { pass: 0, fail: 1, invalid: 3, unreachable: 4 }
  for (const [verdict, code] of Object.entries(verdicts) as [RunVerdict, number][])
    it(`${verdict} is ${code}`, () => assert.equal(exitCode({ verdict }), code))
  it('a run cut short says so, whatever its verdict', () => {
    assert.equal(exitCode({ verdict: 'pass', interrupted: 'SIGINT' }), 130)
    assert.equal(exitCode({ verdict: 'fail', interrupted: 'SIGTERM' }), 143)
  })
  it('of several runs the gravest counts', () => {
    assert.equal(worstExitCode([]), 0)
    assert.equal(worstExitCode([0, 1, 0]), 1)
    assert.equal(worstExitCode([3, 1]), 1)
    assert.equal(worstExitCode([1, 4]), 4)
    assert.equal(worstExitCode([4, 130]), 130)
  })
})

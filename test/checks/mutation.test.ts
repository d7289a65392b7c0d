import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Verdict } from '../../src/checks/verdict.ts'
import { loadChecks, type Unit } from '../../src/engine/check/units.ts'
import { runSelfTests } from '../../src/engine/selftest.ts'

const units = await loadChecks()

const verdicts: Verdict[] = [
  { kind: 'pass', observed: 'always the same' },
  { kind: 'warn', expected: 'anything', observed: 'always the same' },
  { kind: 'fail', expected: 'anything', observed: 'always the same' },
  { kind: 'info', observed: 'always the same' },
]

for (const verdict of verdicts) {
  test(`a check whose judgement is replaced by "${verdict.kind}" fails its self-test`, async () => {
    const blind = units.map((unit): Unit => ({ ...unit, check: { ...unit.check, run: async () => verdict } as never }))
    const results = await runSelfTests(blind)
    const caught = new Set(results.filter(({ ok }) => !ok).map(({ id }) => id))
    assert.deepEqual(
      units.map(({ id }) => id).filter(id => !caught.has(id)),
      [],
    )
  })
}

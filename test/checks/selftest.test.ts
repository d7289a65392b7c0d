import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadChecks } from '../../src/engine/check/units.ts'
import { runSelfTests, selfTestCases } from '../../src/engine/selftest.ts'

const units = await loadChecks()

test('every check judges its own peers as it says', async () => {
  const results = await runSelfTests(units)
  const wrong = results.filter(result => !result.ok)
  assert.deepEqual(
    wrong.map(({ id, peer, problem, log }) => [`${id}: ${peer}: ${problem}`, ...log.slice(0, 60)].join('\n')),
    [],
  )
  assert.ok(results.length > units.length)
})

test('every check has peers on both sides of its judgement', () => {
  for (const unit of units) {
    const kinds = new Set(selfTestCases(unit).map(({ expected }) => expected))
    const { level } = unit.check
    if (level === 'info') assert.ok(kinds.has('info'), `${unit.id}: no peer that it informs about`)
    else {
      assert.ok(kinds.has('pass'), `${unit.id}: no peer passes`)
      assert.ok(kinds.has('fail') || kinds.has('warn'), `${unit.id}: no peer fails`)
    }
    // A judgement that no peer reaches does not stay unnoticed: judgement.test.ts.
    assert.equal(
      kinds.has('fail'),
      level === 'must',
      `${unit.id}: of level ${level}, and a peer fails: ${kinds.has('fail')}`,
    )
  }
})

test('every check says what it demands, where that is written, why, and how to mend it', () => {
  for (const { id, check } of units) {
    assert.match(id, /^(ws|sse|poll)(\.[a-z0-9-]+)+$/)
    for (const text of [check.title, check.spec.doc, check.spec.section, check.spec.says, check.why, check.fix]) {
      assert.ok(text.trim() !== '', `${id}: a text is missing`)
    }
    assert.ok(check.covers.length > 0, `${id}: covers no row of the catalogue`)
  }
})

test('what is quoted has its document and section, and leaves words out only as […]', () => {
  for (const { id, check } of units) {
    const { doc, section, says } = check.spec
    if (doc === 'practice') continue
    assert.match(doc, /^(RFC \d{4}|HTML|Fetch)$/, id)
    assert.match(section, /^\d+(\.\d+)*$/, id)
    assert.doesNotMatch(says, /(?<!\[)…|\.\.\./, id)
  }
})

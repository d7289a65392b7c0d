import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Check } from '../../src/checks/check.ts'
import { checkFacts, explainCheck } from '../../src/cli/explain-check.ts'
import { loadChecks } from '../../src/engine/check/units.ts'

const units = (await loadChecks()).map(({ id, check }) => ({ id, check: check as unknown as Check<never> }))
const plain = (text: string) => text.replaceAll(/\s+/g, ' ')

test('every check is explained whole, in 80 columns', () => {
  for (const { id, check } of units) {
    const text = explainCheck(id, check)
    for (const line of text.split('\n')) assert.ok(line.length <= 80, `${id}: ${line}`)
    for (const part of [check.title, check.spec.says, check.why, check.fix, check.spec.section]) {
      assert.ok(plain(text).includes(plain(part)), `${id}: ${part}`)
    }
    assert.doesNotMatch(text, /\[object|: undefined|NaN/, id)
  }
})

test('an explanation names what a check needs, waits for, decides and was tried on', () => {
  const { id, check } = units.find(unit => unit.id === 'ws.frame.large-chopped')!
  const text = plain(explainCheck(id, check))
  assert.match(text, /needs an endpoint that sends each message back/)
  assert.match(text, /blocked by ws\.handshake\.status/)
  assert.match(text, /decides ws\.fr\.large-chop: Autobahn 9\.5\.1-9\.5\.6, 9\.6\.1-9\.6\.6/)
  assert.match(text, /fail: damages one octet; cuts it/)
  assert.match(text, /rtbench check <url> --only ws\.frame\.large-chopped --wire -/)
})

test('the check that blocks all others is blocked by none, and slow ones say how to run them', () => {
  const explain = (id: string) => explainCheck(id, units.find(unit => unit.id === id)!.check)
  assert.doesNotMatch(explain('ws.handshake.status'), /blocked by/)
  assert.match(explain('sse.timing.heartbeat'), /only with --slow[^]*--only sse\.timing\.heartbeat --slow/)
})

test('what a check needs is always explained in words, and its facts are plain data', () => {
  for (const { id, check } of units) {
    const facts = checkFacts(check)
    assert.deepEqual(JSON.parse(JSON.stringify(facts)), facts, id)
    assert.ok(facts.covers.length > 0, id)
  }
})

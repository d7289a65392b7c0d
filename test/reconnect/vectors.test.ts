// Every policy against vectors that a second implementation of the same formulas gave. Each row is one client: an open
// connection lost after 60 s, then attempts that fail 20 ms after their start. The random stream is seededRandom(seed).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findPolicies, loadPolicy } from '../../src/engine/outage/catalogue.ts'
import { decide, startClient } from '../../src/engine/outage/client.ts'
import { seededRandom } from '../../src/world/random.ts'
import vectors from './vectors.json' with { type: 'json' }

const LOST = { upMs: 60_000, greeted: true, sinceAttemptMs: 60_000 }
const FAILED = { sinceAttemptMs: 20 }
const known: Record<string, Record<string, (number | string)[]>> = vectors

test('every policy has vectors and every vector a policy', () => {
  assert.deepEqual(
    findPolicies().map(unit => unit.id),
    Object.keys(known).sort(),
  )
})

for (const unit of findPolicies())
  test(`${unit.id} draws the delays of its formula`, async () => {
    const policy = await loadPolicy(unit)
    const plan = { id: unit.id, policy, settings: policy.settings, overlays: [] }
    for (const [seed, expected] of Object.entries(known[unit.id] ?? {})) {
      const random = seededRandom(Number(seed))
      const client = startClient(plan, random)
      for (const [n, delay] of expected.entries()) {
        const drawn = decide(plan, client, n === 0 ? LOST : FAILED, random)
        if (typeof delay === 'number' && typeof drawn === 'number')
          assert.ok(Math.abs(drawn - delay) < 1e-5, `seed ${seed}, n = ${n}: ${drawn}, not ${delay}`)
        else assert.equal(drawn, delay, `seed ${seed}, n = ${n}`)
      }
    }
  })

test('every policy names its library, source and formula', async () => {
  for (const unit of findPolicies()) {
    const policy = await loadPolicy(unit)
    for (const word of [policy.title, policy.library, policy.source, policy.formula])
      assert.ok(word.length > 0, unit.id)
  }
})

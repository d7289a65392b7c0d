import assert from 'node:assert/strict'
import { test } from 'node:test'
import { watchCollections } from '../../src/measure/collections.ts'
import { now } from '../../src/world/clock.ts'
import { collectGarbage, collectYoungGarbage } from '../../src/world/garbage.ts'

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)

test('each collection is told once, with the time it took', () => {
  // What the collector itself needs is there before it counts.
  collectGarbage()
  const collections = watchCollections()
  const kept = Array.from({ length: 200_000 }, (_, index) => ({ index }))
  collections.take()
  const startMs = now()
  collectGarbage()
  collectGarbage()
  const tookMs = now() - startMs
  const pauses = collections.take()
  assert.ok(pauses.length >= 2, `${pauses.length} collections`)
  assert.ok(sum(pauses) > 0.3 * tookMs && sum(pauses) <= tookMs, `${sum(pauses)} of ${tookMs} ms`)
  assert.deepEqual(collections.take(), [])
  collectYoungGarbage()
  assert.equal(collections.take().length, 1)
  collections.stop()
  assert.equal(kept.length, 200_000)
})

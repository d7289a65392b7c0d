import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { test } from 'node:test'
import { isOutOfStall, watchStalls } from '../../src/measure/stalls.ts'
import { now } from '../../src/world/clock.ts'

test('a stall of 200 ms is noticed, from before it to after it', async () => {
  const watch = watchStalls()
  await sleep(30)
  const fromMs = now()
  const untilMs = fromMs + 200
  while (now() < untilMs);
  const toMs = now()
  await sleep(30)
  watch.stop()
  const stall = watch.stalls.find(one => one.fromMs <= fromMs && one.toMs >= toMs)
  assert.ok(stall !== undefined, JSON.stringify(watch.stalls))
})

test('what is stamped within a stall or right after it is out of it; what came before or later is not', () => {
  const stalls = [
    { fromMs: 100, toMs: 200 },
    { fromMs: 300, toMs: 330 },
  ]
  const found = [99, 100, 150, 200, 210, 213, 299, 300, 341, 343].map(atMs => isOutOfStall(atMs, stalls, 12))
  assert.deepEqual(found, [false, true, true, true, true, false, false, true, true, false])
  assert.equal(isOutOfStall(5, [], 12), false)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clockOffset, type ClockSample } from '../../src/measure/clock-offset.ts'
import { seededRandom } from '../../src/world/random.ts'

/** Asked at `askedAtMs` of a clock that is `aheadMs` ahead, over a path of so long there and back. */
const asked = (askedAtMs: number, aheadMs: number, thereMs: number, backMs: number): ClockSample => ({
  askedAtMs,
  answeredAtMs: askedAtMs + thereMs + backMs,
  theirsMs: askedAtMs + thereMs + aheadMs,
})

test('the shortest round trip decides, and half of it is the error', () => {
  const found = clockOffset([asked(0, 5000, 30, 90), asked(1000, 5000, 10, 10), asked(2000, 5000, 200, 10)])
  assert.deepEqual(found, { offsetMs: 5000, plusMinusMs: 10, bestRoundTripMs: 20, samples: 3 })
})

test('however unlike there and back are, the truth is within the error', () => {
  const random = seededRandom(11)
  for (let run = 0; run < 500; run += 1) {
    const aheadMs = (random() - 0.5) * 1e7
    const samples = Array.from({ length: 5 }, (_, index) =>
      asked(index * 500, aheadMs, random() * 300, random() ** 4 * 300),
    )
    const { offsetMs, plusMinusMs } = clockOffset(samples)!
    assert.ok(Math.abs(offsetMs - aheadMs) <= plusMinusMs + 1e-6, `${offsetMs} ± ${plusMinusMs}, in truth ${aheadMs}`)
  }
})

test('a drift adds to the error; a clock that was set, an answer from a cache and too few answers are no offset', () => {
  const drifting = clockOffset([asked(0, 100, 1, 1), asked(5000, 104, 2, 2), asked(9000, 107, 2, 2)])!
  assert.deepEqual([drifting.offsetMs, drifting.plusMinusMs], [100, 5])
  assert.equal(clockOffset([asked(0, 0, 1, 1), asked(500, 0, 1, 1), asked(1000, 3000, 1, 1)]), null)
  const cached = [0, 500, 1000].map(at => ({ askedAtMs: at, answeredAtMs: at + 2, theirsMs: 77 }))
  assert.equal(clockOffset(cached), null)
  assert.equal(clockOffset([asked(0, 0, 1, 1), asked(500, 0, 1, 1)]), null)
})

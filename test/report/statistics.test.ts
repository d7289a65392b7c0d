import assert from 'node:assert/strict'
import { test } from 'node:test'
import { holm, mannWhitney, median, ratioInterval } from '../../src/report/statistics.ts'
import { seededRandom } from '../../src/world/random.ts'

const near = (actual: number, expected: number, within: number) =>
  assert.ok(Math.abs(actual - expected) <= within, `${actual} is not ${expected} ± ${within}`)

test('medians of odd and even counts', () => {
  assert.equal(median([3, 1, 2]), 2)
  assert.equal(median([4, 1, 3, 2]), 2.5)
})

test('Mann–Whitney is exact for small samples: 2 of 252 orderings for five against five apart', () => {
  near(mannWhitney([1, 2, 3, 4, 5], [6, 7, 8, 9, 10]), 2 / 252, 1e-12)
  near(mannWhitney([6, 7, 8, 9, 10], [1, 2, 3, 4, 5]), 2 / 252, 1e-12)
  near(mannWhitney([1, 3, 5], [2, 4, 6]), 0.7, 1e-12)
  near(mannWhitney([1.1, 2.2, 3.3, 4.4, 8.8], [5.5, 6.6, 7.7, 9.9]), 0.111111, 1e-5)
})

test('ties and large samples take the normal approximation', () => {
  assert.equal(mannWhitney([1, 1, 1], [1, 1, 1]), 1)
  near(mannWhitney([1, 2, 2, 3], [2, 3, 4, 4]), 0.1341, 0.001)
  const low = Array.from({ length: 60 }, (_, at) => at)
  near(
    mannWhitney(
      low,
      low.map(value => value + 0.5),
    ),
    0.8957,
    0.02,
  )
})

test('Holm multiplies the smallest p most and never reorders', () => {
  const adjusted = holm([0.01, 0.04, 0.03, 0.005])
  const expected = [0.03, 0.06, 0.06, 0.02]
  adjusted.forEach((p, at) => near(p, expected[at]!, 1e-12))
  assert.deepEqual(holm([0.9, 0.8]), [1, 1])
})

test('the interval of the ratio holds the true ratio about as often as it says', () => {
  const random = seededRandom(17)
  const noisy = (centre: number) => Array.from({ length: 20 }, () => centre * (0.9 + 0.2 * random()))
  let held = 0
  for (let trial = 0; trial < 200; trial += 1) {
    const [low, high] = ratioInterval(noisy(10), noisy(12), random, { resamples: 400 })
    if (low <= 1.2 && 1.2 <= high) held += 1
  }
  assert.ok(held >= 176 && held <= 200, `${held} of 200`)
})

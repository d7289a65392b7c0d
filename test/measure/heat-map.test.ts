import assert from 'node:assert/strict'
import { test } from 'node:test'
import { heatCounts, heatRowsMs, heatSeries } from '../../src/measure/heat-map.ts'
import { createHistogram } from '../../src/measure/histogram.ts'

test('the rows go from 0.1 ms to 63 s, five to a decade', () => {
  assert.deepEqual([heatRowsMs[0], heatRowsMs[5], heatRowsMs[29]], [0.1, 1, 63_000])
  assert.equal(heatSeries(5), 'heat_le_1')
})

test('each value is counted in the first row that reaches it, longer ones in the last', () => {
  const histogram = createHistogram()
  for (const us of [0, 100, 101, 1000, 1001, 3_000_000_000]) histogram.record(us)
  const counts = heatCounts(histogram)
  assert.deepEqual([counts[0], counts[1], counts[5], counts[6], counts[29]], [2, 1, 1, 1, 1])
  assert.equal(
    counts.reduce((sum, count) => sum + count, 0),
    6,
  )
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { heatCounts, heatRowsMs, heatSeries } from '../../src/measure/heat-map.ts'
import { Collector } from '../../src/measure/collector.ts'
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

test('the collector keeps the rows of each interval, also of one whose histogram was dropped', () => {
  const collector = new Collector(['msg_rtt'], 'msg_rtt')
  for (let interval = 0; interval < 100; interval += 1) {
    const histogram = createHistogram()
    histogram.recordTimes(1000, 3)
    histogram.record(80_000)
    collector.add({
      interval,
      counters: {},
      levels: {},
      histograms: { msg_rtt: histogram.takeSparse() },
      failures: {},
      skews: new Float64Array(),
    })
  }
  for (const interval of [0, 99]) {
    const heat = collector.heat(interval)
    assert.deepEqual([heat[5], heat[15], heat.reduce((sum, count) => sum + count, 0)], [3, 1, 4])
  }
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HistogramLogReader } from 'hdr-histogram-js'
import hlog from '../../src/reporters/hlog.ts'
import { allReports, plain } from './fixtures/all-reports.ts'

function read(text: string) {
  const reader = new HistogramLogReader(text)
  const histograms = []
  for (let next = reader.nextIntervalHistogram(); next != null; next = reader.nextIntervalHistogram())
    histograms.push(next)
  return histograms
}

test('the HdrHistogram reader finds every metric with its values', () => {
  const { metrics } = allReports.load
  const histograms = read(hlog.render(allReports.load, plain))
  const expected = Object.entries(metrics).filter(([, metric]) => metric.type === 'histogram')
  assert.deepEqual(
    histograms.map(({ tag, totalCount }) => [tag, totalCount]),
    expected.map(([name, metric]) => [name, metric.type === 'histogram' ? metric.count : 0]),
  )
  const rtt = histograms.find(({ tag }) => tag === 'msg_rtt')!
  assert.equal(rtt.getValueAtPercentile(99) / 1000, (metrics.msg_rtt as { p99: number }).p99)
})

test('a name with a comma or a line end stays one tag on one line', () => {
  const metrics = { 'a,b\nc d': allReports.load.metrics.msg_rtt! }
  const lines = hlog
    .render({ ...allReports.load, metrics }, plain)
    .trimEnd()
    .split('\n')
  assert.equal(lines.length, 5)
  assert.match(lines[4]!, /^Tag=a_b_c_d,0\.000,30\.000,/)
})

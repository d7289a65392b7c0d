// The HDR log of a run as another HDR reader sees it: interval by interval what the timeline says, in sum what the metric says.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import test from 'node:test'
import { build, HistogramLogReader } from 'hdr-histogram-js'
import { startServer } from '../servers/start.ts'
import { histogram, runLoad } from './run-load.ts'

const INTERVAL_S = 0.2

test('-o run.hlog with --timeline 200ms', async t => {
  const folder = mkdtempSync(path.join(tmpdir(), 'rtbench-hlog-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const file = path.join(folder, 'run.hlog')
  const server = await startServer(t, 'websocket-limited', [1e6, 1e6, 'stall=1000,1500'])
  // 30 intervals: the first ones are long dropped as histograms when the run ends.
  const words = ['-c', 10, '-R', 500, '-d', '6s', '-w', 2, '--timeline', '200ms', '-o', file]
  const { report } = await runLoad([`ws://${server.host}/`, ...words])
  const reader = new HistogramLogReader(readFileSync(file, 'utf8'))
  const all = build({
    bitBucketSize: 32,
    lowestDiscernibleValue: 1,
    highestTrackableValue: 3_600_000_000,
    numberOfSignificantValueDigits: 3,
  })
  const { series } = report.timeline
  const seen = new Set<number>()
  for (let one = reader.nextIntervalHistogram(); one != null; one = reader.nextIntervalHistogram()) {
    if (one.tag !== 'msg_rtt') continue
    const index = Math.round(
      (one.startTimeStampMsec / 1000 - Math.floor(reader.startTimeSec * 1000) / 1000) / INTERVAL_S,
    )
    assert.ok(!seen.has(index))
    seen.add(index)
    for (const [name, percentile] of [
      ['p50', 50],
      ['p90', 90],
      ['p99', 99],
      ['max', 100],
    ] as const) {
      assert.equal(one.getValueAtPercentile(percentile) / 1000, series[name]![index], `${name} of interval ${index}`)
    }
    all.add(one as never)
  }
  assert.ok(seen.size >= 28, `${seen.size} intervals`)
  assert.deepEqual(
    [...seen].sort((a, b) => a - b),
    series['p50']!.flatMap((value, i) => (value === null ? [] : [i])),
  )
  const whole = histogram(report, 'msg_rtt')
  assert.equal(all.totalCount, whole.count)
  assert.equal(all.getValueAtPercentile(50) / 1000, whole.p50)
  assert.equal(all.getValueAtPercentile(99) / 1000, whole.p99)
  assert.ok(Math.max(...series['max']!.map(Number)) >= 400, 'the stall is in it')
})

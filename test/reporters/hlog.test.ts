import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { HistogramLogReader } from 'hdr-histogram-js'
import hlog from '../../src/reporters/hlog.ts'
import type { HistogramMetric, Report } from '../../src/report/report.ts'
import { missing, PROGRAMS } from '../servers/installed.ts'
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

const histogramsOf = ({ metrics }: Report) =>
  Object.entries(metrics).filter((entry): entry is [string, HistogramMetric] => entry[1].type === 'histogram')

test('the log processor of the reference implementation finds the same tags, counts and percentiles', t => {
  const reason = missing('libhdrhistogram-java')
  if (reason !== null) return t.skip(reason)
  if (spawnSync('java', ['-version']).status !== 0) return t.skip('java is not installed')
  const folder = mkdtempSync(path.join(tmpdir(), 'rtbench-hlog-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const file = path.join(folder, 'a.hlog')
  const process = (...words: string[]) => {
    const main = 'org.HdrHistogram.HistogramLogProcessor'
    const { status, stdout, stderr } = spawnSync(
      'java',
      ['-cp', PROGRAMS['libhdrhistogram-java'], main, '-i', file, ...words],
      { encoding: 'utf8' },
    )
    assert.equal(status, 0, stderr)
    return stdout
  }
  for (const [name, report] of Object.entries(allReports)) {
    writeFileSync(file, hlog.render(report, plain))
    const tags = histogramsOf(report).flatMap(([key, { count }]) => (count > 0 ? [key] : []))
    // Without a tag it has nothing to list.
    if (tags.length > 0) assert.deepEqual(process('-listtags').trim().split('\n').slice(1), tags.sort(), name)
  }
  writeFileSync(file, hlog.render(allReports.load, plain))
  for (const [tag, { count, max, mean, p50 }] of histogramsOf(allReports.load)) {
    const text = process('-tag', tag, '-outputValueUnitRatio', '1000')
    const [, javaMax, javaCount] = /#\[Max += +([\d.]+), Total count += +(\d+)\]/.exec(text)!
    const [, javaMean] = /#\[Mean += +([\d.]+)/.exec(text)!
    const [, javaP50] = /^ +([\d.]+) 0\.5000/m.exec(text)!
    assert.deepEqual([javaMax, javaCount, javaP50].map(Number), [max, count, p50], tag)
    assert.ok(Math.abs(Number(javaMean) - mean) <= 0.001, `${tag}: ${javaMean}, ${mean}`)
  }
})

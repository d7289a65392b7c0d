import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { reporterAssets } from '../../src/cli/reporter-assets.ts'
import html from '../../src/reporters/html.ts'
import type { Chart } from '../../src/reporters/html-page/chart.ts'
import { allReports, plain } from './fixtures/all-reports.ts'
import { loadReport } from './fixtures/load-report.ts'

const assets = reporterAssets(html)
const render = (report: Parameters<typeof html.render>[0], more: object = {}) =>
  html.render(report, { ...plain, assets, ...more })
const chartsOf = (text: string) =>
  JSON.parse(/<script type="application\/json" id="charts">(.*)<\/script>/.exec(text)![1]!) as Chart[]

test('the page asks for nothing and its policy allows exactly its own script and style', () => {
  for (const report of Object.values(allReports)) {
    const text = render(report)
    assert.doesNotMatch(
      text,
      /<(link (?!rel="icon" href="data:)|img|iframe|object|embed|base)\b|\s(src|srcset|action|on\w+)=["']?[^"'\s]*:\/\//,
    )
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(text)![1]!
    const hash = (part: string) => createHash('sha256').update(part).digest('base64')
    const script = text.slice(text.lastIndexOf('<script>') + '<script>'.length, text.lastIndexOf('</script>'))
    const style = text.slice(text.indexOf('<style>') + '<style>'.length, text.indexOf('</style>'))
    assert.equal(
      policy,
      `default-src 'none'; img-src data:; script-src 'sha256-${hash(script)}'; style-src 'sha256-${hash(style)}'`,
    )
  }
})

test('the verdict comes before the findings, the findings before the charts', () => {
  const text = render(allReports.outage)
  const order = ['class="verdict"', 'id="findings"', 'id="chart-setup"', 'id="chart-herd"', 'id="configuration"']
  const places = order.map(part => text.indexOf(part))
  assert.ok(places.every(place => place > 0))
  assert.deepEqual(
    places,
    places.toSorted((a, b) => a - b),
  )
})

test('the figures that matter most stand below the verdict, for every kind of run', () => {
  const shown = (report: Parameters<typeof html.render>[0]) =>
    [...render(report).matchAll(/<div><dt>([^<]*)<\/dt><dd class="(\w*)">([^<]*)/g)].map(found =>
      found.slice(1).join('|'),
    )
  assert.deepEqual(shown(allReports.load), [
    'connections||497',
    'failed to open|bad|3',
    'dropped|bad|2',
    'messages received||994/s',
    'messages lost|bad|10',
    'round trip, p50||12.4 ms',
    'p99||40.6 ms',
    'max||91 ms',
  ])
  assert.deepEqual(shown(allReports.check).slice(0, 3), ['failed|bad|1', 'undecided|bad|1', 'warnings|warning|1'])
  assert.deepEqual(shown(allReports.outage).slice(0, 2), ['highest peak||412/s', 'slowest t50||3.2 s'])
})

test('the percentile plot goes through the percentiles of the report', () => {
  const report = loadReport()
  const chart = chartsOf(render(report)).find(({ id }) => id === 'percentiles')!
  const last = chart.series[0]!.values.findLast(value => value !== null)
  const { max } = report.metrics.msg_rtt as { max: number }
  assert.ok(last! <= max && last! >= max * 0.8)
  const p50 = chart.x.values.findIndex(x => x >= 2)
  assert.ok(Math.abs(chart.series[0]!.values[p50]! - 12.4) < 1)
})

test('a second run is laid under the first, in charts of messages, set-up and time', () => {
  const text = render(loadReport(), { baseline: loadReport(9) })
  for (const id of ['percentiles', 'distribution', 'setup', 'rate', 'latency']) {
    const { series } = chartsOf(text).find(chart => chart.id === id)!
    assert.equal(series.filter(({ baseline }) => baseline === true).length, series.length / 2, id)
  }
})

test('ten minutes of timeline stay under one MiB', () => {
  const report = loadReport()
  const series = Object.fromEntries(
    Object.entries(report.timeline.series).map(([name, values]) => [
      name,
      Array.from({ length: 20 }, () => values).flat(),
    ]),
  )
  const text = render({ ...report, timeline: { intervalMs: 1000, series } }, { baseline: loadReport(9) })
  assert.equal(chartsOf(text).find(({ id }) => id === 'rate')!.x.values.length, 600)
  assert.ok(Buffer.byteLength(text) < 1024 * 1024, `${Buffer.byteLength(text)} bytes`)
})

test('without the chart library the page still has every table', () => {
  const text = html.render(allReports.load, plain)
  assert.match(text, /round trip, as sent/)
  assert.doesNotMatch(text, /uPlot=/)
})

test('the herd curve has a line for each policy, its prediction dashed in the same colour', () => {
  const { series } = chartsOf(render(allReports.outage)).find(({ id }) => id === 'herd')!
  assert.deepEqual(
    series.map(({ label, colour, dashed }) => [label, colour, dashed]),
    [
      ['attempts full-jitter', 0, false],
      ['predicted full-jitter', 0, true],
    ],
  )
})

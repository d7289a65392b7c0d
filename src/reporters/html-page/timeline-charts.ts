import { heatRowsMs, heatSeries } from '../../measure/heat-map.ts'
import type { Report, Timeline } from '../../report/report.ts'
import { splitKey } from '../../report/tags.ts'
import { rounded, type Chart, type ChartSeries } from './chart.ts'

interface Plan {
  id: string
  title: string
  note: string
  unit: Chart['y']['unit']
  log?: boolean
  names: [name: string, label: string][]
  /** Nothing to see where nothing but zeros is. */
  isEmptyAtZero?: boolean
  /** A prediction goes on long after everyone is back. */
  endsWithHerd?: boolean
}

const herd: Plan = {
  id: 'herd',
  title: 'The herd',
  note: 'Attempts to come back in each interval: a peak is a herd, a flat hill is a fleet that spreads out.',
  unit: 'count',
  names: [
    ['attempts', 'attempts'],
    ['predicted_attempts', 'predicted'],
  ],
  endsWithHerd: true,
}
const back: Plan = {
  id: 'back',
  title: 'Clients that are back',
  note: 'Counted from the cut on.',
  unit: 'count',
  names: [
    ['back', 'back'],
    ['predicted_back', 'predicted'],
  ],
  endsWithHerd: true,
}
const connections: Plan = {
  id: 'connections',
  title: 'Connections',
  note: 'Open connections at the end of each interval.',
  unit: 'count',
  names: [['connections', 'open']],
}
const plans: Plan[] = [
  herd,
  back,
  connections,
  {
    id: 'rate',
    title: 'Messages per second',
    note: 'Sent and received in each interval.',
    unit: 'count',
    names: [
      ['sent', 'sent'],
      ['received', 'received'],
    ],
  },
  {
    id: 'latency',
    title: 'Latency over time',
    note: 'Median, 99th percentile and worst message of each interval.',
    unit: 'ms',
    log: true,
    names: [
      ['p50', 'p50'],
      ['p99', 'p99'],
      ['max', 'max'],
    ],
  },
  {
    id: 'errors',
    title: 'Errors',
    note: 'Failures in each interval.',
    unit: 'count',
    names: [['errors', 'errors']],
    isEmptyAtZero: true,
  },
  {
    id: 'generator-lag',
    title: 'Generator: lag',
    note: 'How late the load generator itself was. Latencies near these values are its own.',
    unit: 'ms',
    names: [
      ['gen_loop_lag', 'event loop'],
      ['gen_send_lag', 'sending'],
    ],
  },
  {
    id: 'generator-cpu',
    title: 'Generator: CPU',
    note: 'Share of one core, of the busiest worker.',
    unit: 'share',
    names: [['gen_cpu', 'CPU']],
  },
]

/** What the timeline holds, chart by chart; charts without a value are left out. */
export function timelineCharts(report: Report, baseline: Report | undefined): Chart[] {
  const lines = plans.map(plan => lineChart(plan, report.timeline, baseline?.timeline))
  return [...lines, heatMap(report.timeline)].filter(chart => chart !== null)
}

function lineChart(
  { id, title, note, unit, log = false, names, isEmptyAtZero = false, endsWithHerd = false }: Plan,
  timeline: Timeline,
  baseline?: Timeline,
): Chart | null {
  const wanted = new Map(names)
  const label = (key: string) => {
    const { name, tags } = splitKey(key)
    return [wanted.get(name), ...Object.values(tags)].join(' ')
  }
  const own = Object.keys(timeline.series).filter(key => wanted.has(splitKey(key).name))
  // What was predicted has the colour of what it predicts.
  const colours = [...new Set(own.map(key => key.replace('predicted_', '')))]
  const comparable = baseline?.intervalMs === timeline.intervalMs ? baseline : undefined
  const series = own.flatMap(key => {
    const colour = colours.indexOf(key.replace('predicted_', ''))
    const values = plotted(timeline.series[key]!, log)
    const under = comparable?.series[key]
    const line: ChartSeries = { label: label(key), colour, values, dashed: key.startsWith('predicted_') }
    if (under === undefined) return [line]
    return [line, { label: `${label(key)}, baseline`, colour, values: plotted(under, log), baseline: true }]
  })
  const isShown = (value: number | null) => (isEmptyAtZero ? (value ?? 0) > 0 : value !== null)
  if (!series.some(({ values, baseline }) => (isEmptyAtZero || baseline !== true) && values.some(isShown))) return null
  const length = Math.min(
    Math.max(...series.map(({ values }) => values.length)),
    endsWithHerd ? herdEnd(timeline) : Infinity,
  )
  for (const { values } of series) values.splice(length)
  for (const { values } of series) while (values.length < length) values.push(null)
  return { id, title, note, x: { kind: 'seconds', values: seconds(timeline, length) }, y: { unit, log }, series }
}

/** The interval some time after the last attempt of anyone. */
function herdEnd({ series }: Timeline): number {
  const attempts = Object.entries(series).filter(([key]) => /^(predicted_)?attempts/.test(key))
  const last = Math.max(...attempts.map(([, counts]) => counts.findLastIndex(count => (count ?? 0) > 0)))
  return Math.ceil((last + 1) * 1.1) + 1
}

// A logarithmic axis has no zero.
function plotted(values: (number | null)[], log: boolean): (number | null)[] {
  return values.map(value => (log && value !== null && value <= 0 ? null : rounded(value)))
}

function seconds({ intervalMs }: Timeline, length: number): number[] {
  return Array.from({ length }, (_, at) => ((at + 1) * intervalMs) / 1000)
}

function heatMap(timeline: Timeline): Chart | null {
  const rows = heatRowsMs.map((_, row) => timeline.series[heatSeries(row)] ?? [])
  const used = rows.map((counts, row) => (counts.some(count => (count ?? 0) > 0) ? row : -1)).filter(row => row >= 0)
  if (used.length === 0) return null
  const first = Math.max(0, used[0]! - 1)
  const shown = rows.slice(first, used.at(-1)! + 1)
  const length = Math.max(...shown.map(counts => counts.length))
  return {
    id: 'heat',
    title: 'Latency heat map',
    note: 'Each column is an interval; the darker a cell, the more of its messages took that long.',
    x: { kind: 'seconds', values: seconds(timeline, length) },
    y: { unit: 'ms', log: true },
    series: [],
    heat: {
      rowsMs: heatRowsMs.slice(first, used.at(-1)! + 1),
      counts: shown.map(counts => Array.from({ length }, (_, at) => counts[at] ?? 0)),
    },
  }
}

import type { LoadConfig } from '../../config/run-config.ts'
import type { Collector, Interval } from '../../measure/collector.ts'
import { heatRowsMs, heatSeries } from '../../measure/heat-map.ts'
import type { Histogram } from '../../measure/histogram.ts'
import type { Metric, Timeline } from '../../report/report.ts'

/** Counters that are shown even when nothing was counted. */
const ALWAYS = [
  'conn_attempts',
  'conn_opened',
  'conn_failed',
  'conn_dropped',
  'msgs_sent',
  'msgs_received',
  'msgs_duplicated',
  'msgs_reordered',
  'bytes_sent',
  'bytes_received',
]

/** What the audit says of the messages as a whole. */
export interface Audit {
  /** Histograms that stand for the run instead of the whole: those of the level that --find-max found. */
  histograms: Map<string, Histogram> | null
  /** How many arrivals the messages sent should have caused; null: nobody knows (listen, idle). */
  expected: number | null
}

/** All metrics of a load run from what the workers told. */
export function loadMetrics(config: LoadConfig, collector: Collector, audit: Audit): Record<string, Metric> {
  const metrics: Record<string, Metric> = {}
  for (const name of ALWAYS) metrics[name] = { type: 'counter', value: 0 }
  for (const [name, value] of collector.counters) {
    metrics[name] = { type: 'counter', value: Math.round(value), ...(name.startsWith('bytes_') && { unit: 'bytes' }) }
  }
  // The warm-up is no part of the figures; it has its own.
  for (const name of ['msgs_sent', 'msgs_received']) {
    metrics[name] = { type: 'counter', value: counted(collector, name) }
  }
  if (config.pollIntervalMs !== null || collector.counter('polls') > 0) {
    metrics.polls_empty = { type: 'counter', value: collector.counter('polls_empty') }
  }
  for (const [name, histogram] of collector.histograms) metrics[name] = histogram.toMetric()
  for (const [name, histogram] of audit.histograms ?? []) metrics[name] = histogram.toMetric()
  if (audit.expected !== null) {
    const received = Math.min(audit.expected, counted(collector, 'msgs_received'))
    metrics.msgs_lost = { type: 'counter', value: audit.expected - received }
    if (config.pattern === 'publish' && audit.expected > 0) metrics.reach = rate(received, audit.expected)
  }
  const errors = collector.failureClasses().reduce((sum, { count }) => sum + count, 0)
  const lost = metrics.msgs_lost?.type === 'counter' ? metrics.msgs_lost.value : 0
  const things = collector.counter('conn_attempts') + (audit.expected ?? 0) + collector.counter('polls')
  if (things > 0) metrics.error_rate = rate(Math.min(things, errors + lost), things)
  metrics.gen_cpu = { type: 'gauge', value: round(mean(collector.intervals.map(cpuPerWorker)), 3) }
  const rss = collector.intervals.reduce((most, { levels }) => Math.max(most, levels.gen_rss ?? 0), 0)
  metrics.gen_rss = { type: 'gauge', value: rss, unit: 'bytes' }
  return metrics
}

/** The run interval by interval. */
export function loadTimeline(config: LoadConfig, collector: Collector, latency: string | null): Timeline {
  const { intervals } = collector
  const seconds = config.timelineMs / 1000
  const perSecond = (name: string) => intervals.map(({ counters }) => round((counters[name] ?? 0) / seconds, 2))
  const series: Timeline['series'] = {
    connections: intervals.map(({ levels }) => levels.connections ?? 0),
    sent: perSecond('msgs_sent'),
    received: perSecond('msgs_received'),
    bytes_received: perSecond('bytes_received'),
    bytes_sent: perSecond('bytes_sent'),
    errors: intervals.map(({ counters }) => (counters.conn_failed ?? 0) + (counters.conn_dropped ?? 0)),
    gen_cpu: intervals.map(interval => round(cpuPerWorker(interval), 3)),
    gen_loop_lag: intervals.map((_, i) => collector.summary(i, 'gen_loop_lag')?.max ?? null),
    gen_send_lag: intervals.map((_, i) => collector.summary(i, 'gen_send_lag')?.p99 ?? null),
  }
  if (latency !== null) {
    for (const figure of ['p50', 'p90', 'p99', 'max'] as const) {
      series[figure] = intervals.map((_, i) => collector.summary(i, latency)?.[figure] ?? null)
    }
    Object.assign(series, heatMap(intervals.map((_, i) => collector.heat(i))))
  }
  const hdr = collector.hdrs()
  return {
    intervalMs: config.timelineMs,
    series,
    ...(latency !== null && hdr !== null && { latency: { metric: latency, hdr } }),
  }
}

// Rows without a value are left out: most runs touch ten of the thirty.
function heatMap(columns: number[][]): Timeline['series'] {
  const rows = heatRowsMs.map((_, row): [string, number[]] => [
    heatSeries(row),
    columns.map(column => column[row] ?? 0),
  ])
  return Object.fromEntries(rows.filter(([, counts]) => counts.some(count => count > 0)))
}

/** Without the warm-up. */
export const counted = (collector: Collector, name: string): number =>
  collector.counter(name) - collector.counter(`warmup_${name}`)

const cpuPerWorker = ({ levels }: Interval): number => (levels.gen_cpu ?? 0) / Math.max(1, levels.workers ?? 1)

const rate = (hits: number, total: number): Metric => ({ type: 'rate', value: hits / total, hits, total })

const mean = (values: number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length

const round = (value: number, digits: number): number => Number(value.toFixed(digits))

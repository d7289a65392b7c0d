import { decodeHistogram } from '../measure/histogram.ts'
import type { Report, Timeline } from './report.ts'

// Without buckets the percentiles of one interval cannot be merged. The worst shard's is shown: the true one is never
// above it. The generator's lag and CPU are those of the worst shard as well.
const worst = /^(p\d+|max|gen_)/

/** One timeline from those of shards that started at about the same time: aligned by the clock, counts added. */
export function mergeTimelines(parts: readonly Report[]): Timeline {
  const { intervalMs } = parts[0]!.timeline
  const starts = parts.map(part => Date.parse(part.startedAt))
  const earliest = Math.min(...starts)
  const shifts = starts.map(start => Math.round((start - earliest) / intervalMs))
  const names = new Set(parts.flatMap(part => Object.keys(part.timeline.series)))
  const series: Timeline['series'] = {}
  for (const name of names) {
    const columns = parts.map(part => part.timeline.series[name] ?? [])
    const length = Math.max(...columns.map((column, at) => column.length + shifts[at]!))
    series[name] = Array.from({ length }, (_, interval) => {
      const values = columns.map((column, at) => column[interval - shifts[at]!]).filter(value => value != null)
      if (values.length === 0) return null
      return worst.test(name) ? Math.max(...values) : values.reduce((sum, value) => sum + value, 0)
    })
  }
  const latency = mergeLatency(parts, shifts)
  if (latency === null) return { intervalMs, series }
  const { metric, hdr } = latency
  return { intervalMs, series: { ...series, ...latency.series }, latency: { metric, hdr } }
}

// Buckets add exactly, and with them the percentiles.
function mergeLatency(
  parts: readonly Report[],
  shifts: readonly number[],
): (NonNullable<Timeline['latency']> & { series: Timeline['series'] }) | null {
  const columns = parts.map(part => part.timeline.latency)
  const metric = columns[0]?.metric
  if (metric === undefined || columns.some(column => column?.metric !== metric)) return null
  const length = Math.max(...columns.map((column, at) => column!.hdr.length + shifts[at]!))
  const merged = Array.from({ length }, (_, interval) => {
    const own = columns.map((column, at) => column!.hdr[interval - shifts[at]!]).filter(hdr => hdr != null)
    const [first, ...others] = own.map(hdr => decodeHistogram(hdr))
    for (const other of others) first!.add(other)
    return first?.toMetric() ?? null
  })
  const figures = ['p50', 'p90', 'p99', 'max'] as const
  return {
    metric,
    hdr: merged.map(histogram => histogram?.hdr ?? null),
    series: Object.fromEntries(figures.map(name => [name, merged.map(histogram => histogram?.[name] ?? null)])),
  }
}

import type { Report, Timeline } from './report.ts'

// Percentiles of one interval cannot be merged without its buckets. The worst shard's is shown: the true one is never
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
  return { intervalMs, series }
}

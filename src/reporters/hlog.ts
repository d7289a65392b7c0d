import { decodeHistogram } from '../measure/histogram.ts'
import type { HistogramMetric, Timeline } from '../report/report.ts'
import type { Reporter } from './reporter.ts'

/**
 * A HdrHistogram log, version 1.3, one tag per metric: the latency that the run is about interval by interval, the others
 * as one interval that is the whole run; that latency too in a run of more than 1,800 intervals.
 */
const hlog: Reporter = {
  title: 'HdrHistogram log for HistogramLogAnalyzer and its kin',
  endings: ['hlog'],
  render: report => {
    const startSeconds = (Date.parse(report.startedAt) / 1000).toFixed(3)
    const lines = Object.entries(report.metrics).flatMap(([name, metric]) =>
      metric.type === 'histogram' && metric.count > 0
        ? (intervals(name, metric, report.timeline) ?? [
            line(name, 0, report.durationMs, metric.max, buckets(metric.hdr)),
          ])
        : [],
    )
    return [
      '#[Values in microseconds, Interval_Max in milliseconds]',
      '#[Histogram log format version 1.3]',
      `#[StartTime: ${startSeconds} (seconds since epoch), ${report.startedAt.replace(/[^\w:.-]/g, '')}]`,
      '"StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"',
      ...lines,
      '',
    ].join('\n')
  },
}

export default hlog

/** Null where the timeline is not of this metric, or does not hold all of its values: those of a level, late ones. */
function intervals(name: string, metric: HistogramMetric, { latency, intervalMs }: Timeline): string[] | null {
  if (latency?.metric !== name) return null
  let count = 0
  const lines = latency.hdr.flatMap((hdr, i) => {
    if (hdr === null) return []
    const histogram = decodeHistogram(buckets(hdr))
    count += histogram.count
    return [line(name, i * intervalMs, intervalMs, (histogram.percentile(100) ?? 0) / 1000, buckets(hdr))]
  })
  return count === metric.count ? lines : null
}

const line = (name: string, startMs: number, lengthMs: number, maxMs: number, hdr: string): string =>
  `Tag=${tag(name)},${(startMs / 1000).toFixed(3)},${(lengthMs / 1000).toFixed(3)},${maxMs.toFixed(3)},${hdr}`

// A tag ends at a comma, a space or a line end.
function tag(name: string): string {
  return name.replace(/[^\w:{}.-]/g, '_').slice(0, 200)
}

function buckets(hdr: string): string {
  return hdr.replace(/[^A-Za-z0-9+/=]/g, '')
}

import type { Reporter } from './reporter.ts'

/** A HdrHistogram log, version 1.3: one tagged histogram per metric over the whole run. */
const hlog: Reporter = {
  title: 'HdrHistogram log for HistogramLogAnalyzer and its kin',
  endings: ['hlog'],
  render: report => {
    const startSeconds = (Date.parse(report.startedAt) / 1000).toFixed(3)
    const lines = Object.entries(report.metrics).flatMap(([name, metric]) =>
      metric.type === 'histogram' && metric.count > 0
        ? [
            `Tag=${tag(name)},0.000,${(report.durationMs / 1000).toFixed(3)},${metric.max.toFixed(3)},${buckets(metric.hdr)}`,
          ]
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

// A tag ends at a comma, a space or a line end.
function tag(name: string): string {
  return name.replace(/[^\w:{}.-]/g, '_').slice(0, 200)
}

function buckets(hdr: string): string {
  return hdr.replace(/[^A-Za-z0-9+/=]/g, '')
}

import { plainJson } from '../report/text.ts'
import type { Reporter } from './reporter.ts'

/** A line per interval of the timeline, then one with everything else of the result. */
const ndjson: Reporter = {
  title: 'one line of JSON per interval, then a summary line',
  endings: ['ndjson', 'jsonl'],
  render: report => {
    const { timeline, ...summary } = report
    const columns = Object.entries(timeline.series)
    const intervals = Math.max(0, ...columns.map(([, values]) => values.length))
    const started = Date.parse(report.startedAt)
    const lines = Array.from({ length: intervals }, (_, at) => {
      const sinceStartMs = (at + 1) * timeline.intervalMs
      return plainJson({
        type: 'interval',
        at: new Date(started + sinceStartMs).toISOString(),
        sinceStartMs,
        ...Object.fromEntries(columns.map(([name, values]) => [name, values[at] ?? null])),
      })
    })
    return `${[...lines, plainJson({ type: 'summary', ...summary })].join('\n')}\n`
  },
}

export default ndjson

import { csvRecord } from './markup/csv.ts'
import type { Reporter } from './reporter.ts'

const timelineCsv: Reporter = {
  title: 'one record per interval of the timeline, for spreadsheets',
  endings: ['timeline.csv'],
  render: ({ timeline }) => {
    const columns = Object.entries(timeline.series)
    const intervals = Math.max(0, ...columns.map(([, values]) => values.length))
    const head = ['seconds', ...columns.map(([name]) => name)]
    const records = Array.from({ length: intervals }, (_, at) => [
      ((at + 1) * timeline.intervalMs) / 1000,
      ...columns.map(([, values]) => values[at]),
    ])
    return [head, ...records].map(csvRecord).join('\r\n') + '\r\n'
  },
}

export default timelineCsv

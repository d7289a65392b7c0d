import type { Metric } from '../report/report.ts'
import { csvRecord } from './markup/csv.ts'
import type { Reporter } from './reporter.ts'

const figures = ['count', 'min', 'mean', 'p50', 'p90', 'p95', 'p99', 'p999', 'max'] as const

const csv: Reporter = {
  title: 'one record per metric, for spreadsheets',
  endings: ['csv'],
  render: report => {
    const records = Object.entries(report.metrics).map(record)
    return [['metric', 'type', 'unit', 'value', ...figures], ...records].map(csvRecord).join('\r\n') + '\r\n'
  },
}

export default csv

function record([name, metric]: [string, Metric]): (string | number | null)[] {
  return metric.type === 'histogram'
    ? [name, metric.type, metric.unit, null, ...figures.map(figure => metric[figure])]
    : [name, metric.type, ('unit' in metric && metric.unit) || null, metric.value, ...figures.map(() => null)]
}

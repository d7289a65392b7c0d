// Figures of whole runs, as a user gets them: the public API with its own workers.
import { type LoadWords, load, type Report } from '../../src/index.ts'
import type { HistogramMetric } from '../../src/report/report.ts'

/** The report of a run; throws when something was lost, because its figures would mean nothing. */
export async function lossless(words: LoadWords): Promise<Report> {
  const report = await load({ allowLimited: true, ...words })
  for (const name of ['conn_failed', 'conn_dropped', 'msgs_lost', 'msgs_duplicated']) {
    if (counter(report, name) > 0) throw new Error(`${name} is ${counter(report, name)}`)
  }
  return report
}

export function counter(report: Report, name: string): number {
  const metric = report.metrics[name]
  return metric?.type === 'counter' ? metric.value : 0
}

export function histogram(report: Report, name: string): HistogramMetric {
  const metric = report.metrics[name]
  if (metric?.type !== 'histogram') throw new Error(`the report has no histogram ${name}`)
  return metric
}

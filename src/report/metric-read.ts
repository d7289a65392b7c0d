import type { HistogramMetric, Report } from './report.ts'

/** A counter's or gauge's value; null where the run has no such metric. */
export function numberOf(report: Report, name: string): number | null {
  const metric = report.metrics[name]
  return metric === undefined || metric.type === 'histogram' ? null : metric.value
}

/** A counter's value, 0 where the run did not count it. */
export function countOf(report: Report, name: string): number {
  return numberOf(report, name) ?? 0
}

/** A histogram that has values. */
export function histogramOf(report: Report, name: string): HistogramMetric | null {
  const metric = report.metrics[name]
  return metric?.type === 'histogram' && metric.count > 0 ? metric : null
}

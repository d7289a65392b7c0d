import type { Threshold } from '../config/run-config.ts'
import { decodeHistogram } from '../measure/histogram.ts'
import { combineMetrics } from './combine.ts'
import { metricCatalogue, metricEntry } from './metric-catalogue.ts'
import { nearNames } from './near-names.ts'
import type { CheckResult, Metric, ThresholdResult } from './report.ts'
import { hasTags, splitKey, type Tags } from './tags.ts'

/** What thresholds are held against: a Report, or the same fields of a run that is still going. */
export interface Measured {
  metrics: Record<string, Metric>
  checks?: readonly CheckResult[]
  /** For `rate` of a counter, which is per second. */
  durationMs?: number
  /** True of the whole run, e.g. `{ transport: 'sse' }`: a selector naming them finds the untagged metrics. */
  tags?: Tags
}

/** One result per threshold, in their order. Without a sample a threshold has no value and does not hold. */
export function evaluateThresholds(thresholds: readonly Threshold[], measured: Measured): ThresholdResult[] {
  return thresholds.map(threshold => {
    const value =
      threshold.metric === 'checks'
        ? checksValue(threshold, measured)
        : metricValue(threshold, select(threshold, measured), measured)
    return { expr: threshold.expr, value, ok: value !== null && holds(value, threshold) }
  })
}

/** Thresholds on names that no metric has, each with the names that are near: a usage error before the run. */
export function unknownMetrics(
  thresholds: readonly Threshold[],
  names: readonly string[] = Object.keys(metricCatalogue),
): { threshold: Threshold; near: string[] }[] {
  const known = new Set([...names, 'checks'])
  return thresholds
    .filter(({ metric }) => !known.has(metric) && metricEntry(metric) === null)
    .map(threshold => ({ threshold, near: nearNames(threshold.metric, [...known]) }))
}

/** The aggregates that make sense of a metric of this type; `checks` is not a metric but may be gated like one. */
export function aggregatesOf(metric: string): readonly Threshold['aggregate'][] {
  if (metric === 'checks') return ['count', 'failed', 'rate']
  switch (metricEntry(metric)?.type) {
    case 'histogram':
      return ['count', 'avg', 'min', 'med', 'max', 'p']
    case 'counter':
      return ['count', 'value', 'rate']
    case 'rate':
      return ['rate', 'value']
    default:
      return ['value', 'min', 'max']
  }
}

// The untagged metric stands for the whole run. Where there are only parts, those that match are put together.
function select({ metric, tags }: Threshold, measured: Measured): Metric | null {
  const whole = measured.metrics[metric]
  if (whole !== undefined && hasTags(measured.tags ?? {}, tags)) return whole
  const parts = Object.entries(measured.metrics).filter(([key]) => {
    const split = splitKey(key)
    return key !== metric && split.name === metric && hasTags({ ...measured.tags, ...split.tags }, tags)
  })
  return combineMetrics(
    metric,
    parts.map(([, part]) => part),
  )
}

function metricValue(threshold: Threshold, metric: Metric | null, { durationMs = 0 }: Measured): number | null {
  const { aggregate } = threshold
  switch (metric?.type) {
    case undefined:
      return null
    case 'histogram':
      if (aggregate === 'count') return metric.count
      if (metric.count === 0) return null
      if (aggregate === 'avg') return metric.mean
      if (aggregate === 'min') return metric.min
      if (aggregate === 'med') return metric.p50
      if (aggregate === 'max') return metric.max
      if (aggregate !== 'p' || threshold.percentile === null) return null
      return (decodeHistogram(metric.hdr).percentile(threshold.percentile) ?? 0) / 1000
    case 'counter':
      if (aggregate === 'rate') return durationMs > 0 ? metric.value / (durationMs / 1000) : null
      return aggregate === 'count' || aggregate === 'value' ? metric.value : null
    case 'rate':
      return metric.total > 0 && (aggregate === 'rate' || aggregate === 'value') ? metric.value : null
    case 'gauge':
      return ['value', 'min', 'max'].includes(aggregate) ? metric.value : null
  }
}

// `error` counts as failed: a gate must not pass because nobody could tell.
function checksValue({ aggregate }: Threshold, { checks = [] }: Measured): number | null {
  const run = checks.filter(check => check.verdict !== 'skip')
  if (run.length === 0) return null
  const failed = run.filter(check => check.verdict === 'fail' || check.verdict === 'error').length
  if (aggregate === 'failed') return failed
  if (aggregate === 'count') return run.length
  return aggregate === 'rate' ? (run.length - failed) / run.length : null
}

function holds(value: number, { operator, limit }: Threshold): boolean {
  switch (operator) {
    case '<':
      return value < limit
    case '<=':
      return value <= limit
    case '>':
      return value > limit
    case '>=':
      return value >= limit
    case '==':
      return value === limit
    case '!=':
      return value !== limit
  }
}

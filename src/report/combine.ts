import { decodeHistogram } from '../measure/histogram.ts'
import { metricEntry } from './metric-catalogue.ts'
import type { HistogramMetric, Metric } from './report.ts'

/**
 * One metric out of the same metric of several parts: counters and rates add, histograms add bucket for bucket, gauges
 * follow their rule in the catalogue (`max` where it names none). Null for no parts or for parts of different types.
 */
export function combineMetrics(name: string, parts: readonly Metric[]): Metric | null {
  const [first, ...others] = parts
  if (first === undefined || others.some(part => part.type !== first.type)) return null
  if (others.length === 0) return first
  switch (first.type) {
    case 'histogram':
      return combineHistograms(parts as HistogramMetric[])
    case 'rate': {
      const hits = sum(parts.map(part => (part.type === 'rate' ? part.hits : 0)))
      const total = sum(parts.map(part => (part.type === 'rate' ? part.total : 0)))
      return { type: 'rate', value: total === 0 ? 0 : hits / total, hits, total }
    }
    case 'counter':
      return { ...first, value: sum(parts.map(valueOf)) }
    case 'gauge': {
      const values = parts.map(valueOf)
      return { ...first, value: metricEntry(name)?.merge === 'sum' ? sum(values) : Math.max(...values) }
    }
  }
}

function combineHistograms(parts: HistogramMetric[]): HistogramMetric {
  const whole = decodeHistogram(parts[0]!.hdr)
  for (const part of parts.slice(1)) whole.add(decodeHistogram(part.hdr))
  return whole.toMetric()
}

function valueOf(metric: Metric): number {
  return metric.type === 'histogram' ? metric.count : metric.value
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

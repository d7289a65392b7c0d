import type { FailureClass } from '../report/report.ts'
import { heatCounts } from './heat-map.ts'
import { createHistogram, type Histogram } from './histogram.ts'
import { EXAMPLES_KEPT, type FailureTally, type Snapshot } from './snapshot.ts'

/** One interval of the run, all workers together. */
export interface Interval {
  counters: Record<string, number>
  levels: Record<string, number>
  /** Dropped once the interval is old; `summaries` stay. */
  histograms: Map<string, Histogram>
  summaries: Map<string, IntervalSummary>
}

/** Of one interval, ms. */
export interface IntervalSummary {
  count: number
  p50: number
  p90: number
  p99: number
  max: number
  /** Values by row of the latency heat map. */
  heat: number[]
}

// A histogram takes 94 KB: whole ones are kept for the windows that --find-max judges, summaries for hours.
const WHOLE_INTERVALS = 64

/** Adds up the snapshots of all workers: totals for the report, and each interval for timeline and decisions. */
export class Collector {
  readonly counters = new Map<string, number>()
  readonly histograms = new Map<string, Histogram>()
  readonly intervals: Interval[] = []
  private readonly failures = new Map<string, FailureTally>()
  private readonly keptHistograms: ReadonlySet<string>

  /** Percentiles per interval are kept only for these; the others would cost memory in a run of hours. */
  constructor(keptHistograms: Iterable<string>) {
    this.keptHistograms = new Set(keptHistograms)
  }

  counter(name: string): number {
    return this.counters.get(name) ?? 0
  }

  add(snapshot: Snapshot): void {
    const interval = this.intervalAt(snapshot.interval)
    for (const [name, value] of Object.entries(snapshot.counters)) {
      this.counters.set(name, this.counter(name) + value)
      interval.counters[name] = (interval.counters[name] ?? 0) + value
    }
    for (const [name, value] of Object.entries(snapshot.levels)) {
      interval.levels[name] = (interval.levels[name] ?? 0) + value
    }
    for (const [name, sparse] of Object.entries(snapshot.histograms)) {
      addInto(this.histograms, name, sparse)
      if (this.keptHistograms.has(name)) addInto(interval.histograms, name, sparse)
    }
    for (const [kind, tally] of Object.entries(snapshot.failures)) this.addFailures(kind, tally)
  }

  addFailures(kind: string, tally: FailureTally): void {
    const sum = this.failures.get(kind) ?? { count: 0, examples: [] }
    sum.count += tally.count
    for (const text of tally.examples) {
      if (sum.examples.length < EXAMPLES_KEPT && !sum.examples.includes(text)) sum.examples.push(text)
    }
    this.failures.set(kind, sum)
  }

  /** Most frequent first. */
  failureClasses(): FailureClass[] {
    return [...this.failures]
      .map(([kind, { count, examples }]) => ({ class: kind, count, examples }))
      .sort((a, b) => b.count - a.count)
  }

  /** The histograms of [from, to) added up; for windows that --find-max judges. */
  window(name: string, from: number, to = this.intervals.length): Histogram {
    const sum = createHistogram()
    for (const interval of this.intervals.slice(from, to)) {
      const one = interval.histograms.get(name)
      if (one !== undefined) sum.add(one)
    }
    return sum
  }

  /** Percentiles of interval `index`, null where it has no sample. */
  summary(index: number, name: string): IntervalSummary | null {
    const interval = this.intervals[index]
    if (interval === undefined) return null
    return interval.summaries.get(name) ?? summarise(interval.histograms.get(name))
  }

  private intervalAt(index: number): Interval {
    while (this.intervals.length <= index) {
      this.intervals.push({ counters: {}, levels: {}, histograms: new Map(), summaries: new Map() })
      const old = this.intervals[this.intervals.length - 1 - WHOLE_INTERVALS]
      if (old !== undefined) shrink(old)
    }
    return this.intervals[index]!
  }
}

function addInto(histograms: Map<string, Histogram>, name: string, sparse: Uint32Array): void {
  let histogram = histograms.get(name)
  if (histogram === undefined) {
    histogram = createHistogram()
    histograms.set(name, histogram)
  }
  histogram.addSparse(sparse)
}

function shrink(interval: Interval): void {
  for (const [name, histogram] of interval.histograms) {
    const summary = summarise(histogram)
    if (summary !== null) interval.summaries.set(name, summary)
  }
  interval.histograms.clear()
}

function summarise(histogram: Histogram | undefined): IntervalSummary | null {
  if (histogram === undefined || histogram.count === 0) return null
  const ms = (percent: number) => (histogram.percentile(percent) ?? 0) / 1000
  return { count: histogram.count, p50: ms(50), p90: ms(90), p99: ms(99), max: ms(100), heat: heatCounts(histogram) }
}

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
  /** Encoded, of the latency alone; while the histogram is there it is made from it. */
  hdr: string | null
  /** Values by row of the latency heat map; while the histogram is there it is computed from it. */
  heat: number[] | null
  isOld: boolean
}

/** Of one interval, ms. */
export interface IntervalSummary {
  count: number
  p50: number
  p90: number
  p99: number
  max: number
}

// A histogram takes 94 KB: whole ones are kept while late snapshots may come and for the windows that --find-max judges,
// summaries for hours. Of the counters then only those stay that a timeline shows.
const WHOLE_INTERVALS = 16
const LASTING_COUNTERS = [
  'msgs_sent',
  'msgs_received',
  'bytes_sent',
  'bytes_received',
  'conn_failed',
  'conn_dropped',
] as const
/** Encoded histograms take 2 KB each: a run of more intervals than this keeps none, so that its memory stays flat. */
const ENCODED_INTERVALS = 1800

/** Adds up the snapshots of all workers: totals for the report, and each interval for timeline and decisions. */
export class Collector {
  readonly counters = new Map<string, number>()
  readonly histograms = new Map<string, Histogram>()
  readonly intervals: Interval[] = []
  private readonly failures = new Map<string, FailureTally>()
  private readonly keptHistograms: ReadonlySet<string>
  private readonly latency: string | null
  private readonly wholeIntervals: number
  /** Emptied ones, used again: what is dropped would stay in memory until the next full garbage collection. */
  private readonly spare: Histogram[] = []

  /**
   * Percentiles per interval are kept only for these; the others would cost memory in a run of hours. `latency`: the one
   * that has a heat map. `window`: the most intervals that are looked at together.
   */
  constructor(keptHistograms: Iterable<string>, latency: string | null = null, window = 0) {
    this.keptHistograms = new Set(keptHistograms)
    this.latency = latency
    this.wholeIntervals = Math.max(WHOLE_INTERVALS, window)
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
      this.addInto(this.histograms, name, sparse)
      if (this.keptHistograms.has(name) && !interval.isOld) this.addInto(interval.histograms, name, sparse)
    }
    for (const [kind, tally] of Object.entries(snapshot.failures)) this.addFailures(kind, tally)
  }

  /** A value that only shows when what several workers told is held together. */
  recordMs(name: string, ms: number): void {
    const histogram = this.histograms.get(name) ?? createHistogram()
    histogram.record(ms * 1000)
    this.histograms.set(name, histogram)
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

  /** Values of the latency of interval `index` by row of the heat map. */
  heat(index: number): number[] {
    const interval = this.intervals[index]
    return interval?.heat ?? this.heatOf(interval)
  }

  /** The latency of each interval, encoded, null where it has no sample; null: the run is too long for that. */
  hdrs(): (string | null)[] | null {
    if (this.latency === null || this.intervals.length > ENCODED_INTERVALS) return null
    return this.intervals.map(interval => interval.hdr ?? this.hdrOf(interval))
  }

  private hdrOf(interval: Interval | undefined): string | null {
    const histogram = this.latency === null ? undefined : interval?.histograms.get(this.latency)
    return histogram === undefined || histogram.count === 0 ? null : histogram.encode()
  }

  private heatOf(interval: Interval | undefined): number[] {
    const histogram = this.latency === null ? undefined : interval?.histograms.get(this.latency)
    return histogram === undefined ? [] : heatCounts(histogram)
  }

  private intervalAt(index: number): Interval {
    while (this.intervals.length <= index) {
      this.intervals.push({
        counters: {},
        levels: {},
        histograms: new Map(),
        summaries: new Map(),
        hdr: null,
        heat: null,
        isOld: false,
      })
      const old = this.intervals[this.intervals.length - 1 - this.wholeIntervals]
      if (old !== undefined) this.shrink(old)
    }
    return this.intervals[index]!
  }

  private addInto(histograms: Map<string, Histogram>, name: string, sparse: Uint32Array): void {
    let histogram = histograms.get(name)
    if (histogram === undefined) {
      histogram = this.spare.pop() ?? createHistogram()
      histograms.set(name, histogram)
    }
    histogram.addSparse(sparse)
  }

  private shrink(interval: Interval): void {
    interval.heat = this.heatOf(interval)
    if (this.intervals.length <= ENCODED_INTERVALS) interval.hdr = this.hdrOf(interval)
    else if (this.intervals.length === ENCODED_INTERVALS + 1) for (const one of this.intervals) one.hdr = null
    for (const [name, histogram] of interval.histograms) {
      const summary = summarise(histogram)
      if (summary !== null) interval.summaries.set(name, summary)
      histogram.reset()
      this.spare.push(histogram)
    }
    interval.histograms.clear()
    const { counters } = interval
    interval.counters = Object.fromEntries(LASTING_COUNTERS.map(name => [name, counters[name] ?? 0]))
    interval.isOld = true
  }
}

function summarise(histogram: Histogram | undefined): IntervalSummary | null {
  if (histogram === undefined || histogram.count === 0) return null
  const ms = (percent: number) => (histogram.percentile(percent) ?? 0) / 1000
  return { count: histogram.count, p50: ms(50), p90: ms(90), p99: ms(99), max: ms(100) }
}

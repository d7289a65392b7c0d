import { createHistogram, type Histogram } from './histogram.ts'
import { EXAMPLES_KEPT, type FailureTally, type Snapshot } from './snapshot.ts'

/** The counters that the per-message path touches, at fixed places of one object. */
export interface HotCounters {
  msgs_sent: number
  msgs_received: number
  msgs_duplicated: number
  msgs_reordered: number
  msgs_unexpected: number
  polls: number
  polls_empty: number
}

const zero = (): HotCounters => ({
  msgs_sent: 0,
  msgs_received: 0,
  msgs_duplicated: 0,
  msgs_reordered: 0,
  msgs_unexpected: 0,
  polls: 0,
  polls_empty: 0,
})

/** Everything one worker measures in the current interval. */
export class Recorder {
  readonly hot = zero()
  /** Filled by a `SkewTracker`. */
  readonly skews: number[] = []
  private readonly counters = new Map<string, number>()
  private readonly histograms = new Map<string, Histogram>()
  private readonly failures = new Map<string, FailureTally>()
  private readonly totals = new Map<string, () => number>()
  private readonly last = new Map<string, number>()

  count(name: string, by = 1): void {
    this.counters.set(name, (this.counters.get(name) ?? 0) + by)
  }

  /** Follows a total that is kept elsewhere: each snapshot takes what was added since the last. */
  follow(name: string, total: () => number): void {
    this.totals.set(name, total)
  }

  /** A histogram to hold on to: the same object for the whole run. */
  histogram(name: string): Histogram {
    const known = this.histograms.get(name)
    if (known !== undefined) return known
    const made = createHistogram()
    this.histograms.set(name, made)
    return made
  }

  recordMs(name: string, ms: number): void {
    this.histogram(name).record(ms * 1000)
  }

  failed(kind: string, text: string): void {
    const tally = this.failures.get(kind) ?? { count: 0, examples: [] }
    tally.count += 1
    if (tally.examples.length < EXAMPLES_KEPT && !tally.examples.includes(text)) tally.examples.push(text)
    this.failures.set(kind, tally)
  }

  /** The interval as data; the next one starts empty. */
  take(interval: number, levels: Record<string, number>): Snapshot {
    const counters: Record<string, number> = Object.fromEntries(this.counters)
    this.counters.clear()
    for (const [name, value] of Object.entries(this.hot)) if (value !== 0) counters[name] = value
    Object.assign(this.hot, zero())
    for (const [name, total] of this.totals) {
      const value = total()
      const added = value - (this.last.get(name) ?? 0)
      if (added !== 0) counters[name] = added
      this.last.set(name, value)
    }
    const histograms: Record<string, Uint32Array> = {}
    for (const [name, histogram] of this.histograms) {
      if (histogram.count > 0) histograms[name] = histogram.takeSparse()
    }
    const failures = Object.fromEntries(this.failures)
    this.failures.clear()
    const skews = Float64Array.from(this.skews)
    this.skews.length = 0
    return { interval, counters, levels, histograms, failures, skews }
  }
}

import type { LoadConfig } from '../../config/run-config.ts'
import type { Collector, Interval } from '../../measure/collector.ts'
import type { Histogram } from '../../measure/histogram.ts'
import { sameClock } from './one-way.ts'

/**
 * How long a worker that has something to do may wait for a core, on average. It waits once for a message to send, which
 * counts from its schedule, and once for the answer to read: the figures bear up to twice this. Twice 0.5 ms is what
 * others add on a machine that is in use; where answers take long, 2 % of their median. Quiet machines: below 0.35 ms,
 * also with four workers to a core.
 */
const RUN_DELAY_MS = 0.5
const RUN_DELAY_SHARE = 0.01
/**
 * Share of the looks at which other threads wanted all cores. A target on this machine then waits for one nearly each
 * time, and longer than a worker does: the scheduler lets those go first that sleep most. With as many busy neighbours as
 * cores it is 100 %. Workers at full speed and their target make it 90 % by themselves, two cores between them; those that
 * use less than half a core in all, 35 %.
 */
const CROWDED_SHARE = { busy: 0.97, calm: 0.6 }
const CALM_CORES = 0.5

/** Mean wait for a core in ms, where it is more than figures of that median may bear; null: it is not. */
export function excessiveRunDelay(delays: Histogram | undefined, medianMs: number): number | null {
  const meanMs = (delays?.mean() ?? 0) / 1000
  return meanMs > Math.max(RUN_DELAY_MS, RUN_DELAY_SHARE * medianMs) ? meanMs : null
}

/** Share of the looks at which a target on this machine had to wait for a core; null: too few, or it runs elsewhere. */
export function excessiveCrowd(
  config: LoadConfig,
  count: (name: string) => number,
  intervals: readonly Interval[],
): number | null {
  const crowded = count('gen_crowded') / Math.max(1, count('gen_looks'))
  // Of the intervals in which something ran: those before and after it would make busy workers look calm.
  const running = intervals.filter(({ counters }) => (counters.gen_looks ?? counters.msgs_sent ?? 0) > 0)
  const cores = running.reduce((sum, { levels }) => sum + (levels.gen_cpu ?? 0), 0) / Math.max(1, running.length)
  const limit = cores < CALM_CORES ? CROWDED_SHARE.calm : CROWDED_SHARE.busy
  return crowded > limit && sameClock(config.target) ? crowded : null
}

/** What neighbours on this machine took from the workers, and from a target that runs on it. */
export function waitingReasons(config: LoadConfig, collector: Collector, latency: string | null): string[] {
  const reasons: string[] = []
  const medianMs = latency === null ? 0 : (collector.histograms.get(latency)?.percentile(50) ?? 0) / 1000
  const delayMs = excessiveRunDelay(collector.histograms.get('gen_run_delay'), medianMs)
  if (delayMs !== null) {
    reasons.push(
      `the workers waited ${delayMs.toFixed(1)} ms for a core each time they had something to do (mean), and the figures bear it: stop what else runs on this machine, raise the CPU limit of its container, or use fewer --workers`,
    )
  }
  const crowded = excessiveCrowd(config, name => collector.counter(name), collector.intervals)
  if (crowded !== null) {
    reasons.push(
      `the target runs on this machine, and other threads wanted all of its cores ${Math.round(100 * crowded)} % of the time, so that it waited for them too: stop what else runs on it, or run rtbench on another machine`,
    )
  }
  return reasons
}

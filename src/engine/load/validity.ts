import type { LoadConfig } from '../../config/run-config.ts'
import type { Collector } from '../../measure/collector.ts'
import type { Report } from '../../report/report.ts'
import { waitingReasons } from './waiting-for-cores.ts'

// From where on the generator's own troubles could have made the figures.
/** Share of the run in which the workers stood still: p99 is then partly our own. */
const STALLED_SHARE = 0.01
/** A single stall of this length shows in the maximum of any run. */
const STALL_MS = 400
const SEND_LAG_P99_MS = 20
const CPU_SHARE = 0.95
/** Share of the intervals in which a worker used a whole core. */
const CPU_INTERVALS = 0.5
const SHORTFALL_SHARE = 0.005
/** Timers of processes that do nothing are late by this in the median: the machine is taken. */
const IDLE_LAG_P50_MS = 5
/** Share of the reads that brought as much as a read can: more was waiting, received before it was stamped. */
const FULL_READS_SHARE = 0.02
/** Messages of this size fill a read by themselves. */
const LARGE_MESSAGE_BYTES = 64 * 1024

/** Whether the figures are the target's: each reason names the resource, the figure and the remedy. */
export function judgeValidity(
  config: LoadConfig,
  collector: Collector,
  runningMs: number,
  latency: string | null,
  lostWorkers: readonly string[],
): Report['validity'] {
  const reasons: string[] = []
  const idleMs = (collector.histograms.get('gen_idle_lag')?.percentile(50) ?? 0) / 1000
  if (idleMs > IDLE_LAG_P50_MS) {
    reasons.push(
      `this machine was busy before the run began: timers of idle workers were ${idleMs.toFixed(1)} ms late (p50); stop what else runs on it`,
    )
  }
  reasons.push(...waitingReasons(config, collector, latency))
  const workers = collector.intervals.reduce((most, { levels }) => Math.max(most, levels.workers ?? 0), 1)
  const stalledMs = collector.counter('gen_stalled_ms') / workers
  const loopLag = collector.histograms.get('gen_loop_lag')
  const worstMs = (loopLag?.percentile(100) ?? 0) / 1000
  if (worstMs >= STALL_MS || stalledMs > STALLED_SHARE * runningMs) {
    const share = ((100 * stalledMs) / Math.max(1, runningMs)).toFixed(1)
    const collectionMs = (collector.histograms.get('gen_gc')?.percentile(100) ?? 0) / 1000
    const collection = collectionMs > worstMs / 2 ? ` (garbage collection up to ${Math.round(collectionMs)} ms)` : ''
    reasons.push(
      `the generator stood still: ${Math.round(stalledMs)} ms per worker (${share} % of the run), ${Math.round(worstMs)} ms at once${collection}; run it on a quieter machine, with fewer connections or a lower rate`,
    )
  }
  const lag = collector.histograms.get('gen_send_lag')
  const lagP99 = (lag?.percentile(99) ?? 0) / 1000
  if (lagP99 > SEND_LAG_P99_MS && config.pace.kind !== 'closed') {
    reasons.push(
      `messages were sent ${lagP99.toFixed(1)} ms after their schedule (p99): lower the rate or use more --workers`,
    )
  }
  const unsent = collector.counter('gen_unsent')
  const sent = collector.counter('msgs_sent')
  if (unsent > SHORTFALL_SHARE * (sent + unsent)) {
    reasons.push(
      `${unsent} of ${sent + unsent} messages could not be sent in time: the rate is more than this generator makes; lower it or use more --workers`,
    )
  }
  const reads = collector.counter('gen_reads')
  const fullReads = collector.counter('gen_full_reads')
  const messageBytes = collector.counter('bytes_received') / Math.max(1, collector.counter('msgs_received'))
  if (fullReads > FULL_READS_SHARE * reads && messageBytes < LARGE_MESSAGE_BYTES) {
    reasons.push(
      `messages waited to be read: ${((100 * fullReads) / reads).toFixed(1)} % of the reads filled their buffer, so more was there than was stamped; use more --workers or machines`,
    )
  }
  const busy = collector.intervals.filter(({ levels }) => (levels.gen_cpu ?? 0) / (levels.workers ?? 1) > CPU_SHARE)
  // A closed loop is meant to go as fast as it can; which side was the limit is then said, not judged.
  if (config.pace.kind !== 'closed' && busy.length > CPU_INTERVALS * Math.max(2, collector.intervals.length)) {
    reasons.push(
      `the workers used a whole core each in ${busy.length} of ${collector.intervals.length} intervals: use more --workers or machines`,
    )
  }
  reasons.push(...lostWorkers)
  return { verdict: reasons.length === 0 ? 'valid' : 'limited', reasons }
}

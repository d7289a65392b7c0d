// Figures → the metrics and the timeline of the report. With several policies each has its own, tagged.
import type { Metric, Timeline } from '../../report/report.ts'
import type { Compared } from './compared.ts'
import type { HerdFigures } from './herd.ts'
import { BIN_MS } from './herd.ts'

const gauge = (value: number | null, unit?: string): Metric | null =>
  value === null ? null : { type: 'gauge', value, ...(unit !== undefined && { unit }) }
const counter = (value: number): Metric => ({ type: 'counter', value })

/** Beside what the service admits, where that is known: the peak, and how long 95 % took beyond the least it takes. */
function besideCapacity({ peakPerSecond, t95Ms, clients }: HerdFigures, capacity: number | null) {
  if (capacity === null) return {}
  const idealMs = (1000 * 0.95 * clients) / capacity
  return {
    peak_over_capacity: gauge(peakPerSecond / capacity, '×'),
    excess_recovery: gauge(t95Ms === null ? null : t95Ms - idealMs, 'ms'),
  }
}

function herdMetrics(figures: HerdFigures, capacity: number | null): Record<string, Metric | null> {
  return {
    outage_duration: gauge(figures.restoredMs, 'ms'),
    reconnect_attempts: counter(figures.attempts),
    reconnect_peak_rate: gauge(figures.peakPerSecond, '/s'),
    reconnect_peak_rate_overall: gauge(figures.peakPerSecondOverall, '/s'),
    reconnect_peak_bin: gauge(figures.peakPerBin, '/100ms'),
    recovery_t50: gauge(figures.t50Ms, 'ms'),
    recovery_t95: gauge(figures.t95Ms, 'ms'),
    recovery_t100: gauge(figures.t100Ms, 'ms'),
    gave_up: counter(figures.gaveUp),
    clients_back: counter(figures.back),
    amplification: gauge(figures.amplification, '×'),
    sync_index: gauge(figures.syncIndex),
    failed_attempts_mean: gauge(figures.failuresMean),
    failed_attempts_p99: gauge(figures.failuresP99),
    failed_attempts_max: gauge(figures.failuresMax),
    ...besideCapacity(figures, capacity),
  }
}

/** The value at a share of a sorted list. */
export function percentile(sorted: ArrayLike<number>, share: number): number | null {
  return sorted.length === 0 ? null : sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!
}

function measuredMetrics({ outcome, measured }: Compared, capacity: number | null): Record<string, Metric | null> {
  const brought = outcome?.measured
  if (!brought || measured === null) return {}
  const { audit, control } = brought
  return {
    ...herdMetrics(measured, capacity),
    ...(outcome.neverRestored && { outage_duration: null }),
    ...(audit && {
      msgs_sent: counter(outcome.moments?.published ?? 0),
      msgs_received: counter(audit.received),
      msgs_lost: counter(audit.lost),
      msgs_duplicated: counter(audit.duplicated),
      msgs_reordered: counter(audit.reordered),
      longest_silence: gauge(audit.maxGapMs, 'ms'),
    }),
    stuck: counter(brought.stuck),
    connects_retried: counter(brought.slowConnects),
    ...(brought.handshakes && {
      tls_full: counter(brought.handshakes.full),
      tls_resumed: counter(brought.handshakes.resumed),
    }),
    session_thrash:
      brought.opens === 0
        ? null
        : { type: 'rate', value: brought.shortOpens / brought.opens, hits: brought.shortOpens, total: brought.opens },
    control_dropped: counter(control.dropped),
    control_latency_p99: gauge(percentile(control.latencyMs, 0.99), 'ms'),
    gen_issue_lag_p50: gauge(percentile(brought.issueLagMs, 0.5), 'ms'),
    gen_issue_lag_p99: gauge(percentile(brought.issueLagMs, 0.99), 'ms'),
    gen_issue_lag_max: gauge(percentile(brought.issueLagMs, 1), 'ms'),
    gen_accept_lag_p99: gauge(percentile(brought.delays.acceptLagMs, 0.99), 'ms'),
    gen_longest_stall: gauge(brought.longestStallMs, 'ms'),
  }
}

/** `capacity`: admissions per second of the service; null: not limited by rtbench. */
export function outageMetrics(compared: readonly Compared[], capacity: number | null): Record<string, Metric> {
  const metrics: Record<string, Metric> = {}
  for (const one of compared) {
    const own =
      one.measured === null && one.predicted !== null
        ? herdMetrics(one.predicted, capacity)
        : measuredMetrics(one, capacity)
    const beside =
      one.measured !== null && one.predicted !== null
        ? Object.entries(herdMetrics(one.predicted, capacity)).map(
            ([name, metric]) => [`predicted_${name}`, metric] as const,
          )
        : []
    for (const [name, metric] of [...Object.entries(own), ...beside])
      if (metric !== null) metrics[compared.length === 1 ? name : `${name}{policy:${one.policy}}`] = metric
  }
  return metrics
}

function openPerBin(backAtMs: Float64Array, bins: number): number[] {
  const open = Array.from({ length: bins }, () => 0)
  for (const at of backAtMs) {
    const bin = Math.max(0, Math.floor(at / BIN_MS))
    if (bin < bins) open[bin]! += 1
  }
  for (let bin = 1; bin < bins; bin += 1) open[bin]! += open[bin - 1]!
  return open
}

/** From the cut on: attempts issued in each 100 ms, and clients that were back for good at its end. */
export function outageTimeline(compared: readonly Compared[]): Timeline {
  const series: Timeline['series'] = {}
  for (const { policy, outcome, prediction } of compared) {
    const herds = [
      ['', outcome?.measured?.herd],
      ['predicted_', prediction],
    ] as const
    for (const [prefix, herd] of herds) {
      if (!herd) continue
      const tag = compared.length === 1 ? '' : `{policy:${policy}}`
      series[`${prefix}attempts${tag}`] = Array.from(herd.attemptBins)
      series[`${prefix}back${tag}`] = openPerBin(herd.backAtMs, herd.attemptBins.length)
    }
  }
  return { intervalMs: BIN_MS, series }
}

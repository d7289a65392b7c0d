// The herd metrics, the same arithmetic for a predicted herd and a measured one. All times are ms since the cut.

export const BIN_MS = 100
const BINS_PER_SECOND = 1000 / BIN_MS

/** What happened to one herd, however it is known. */
export interface Herd {
  clients: number
  restoredMs: number
  /** Attempts issued per bin of BIN_MS. */
  attemptBins: ArrayLike<number>
  /** When each client was back for good: connected, with its first message. NaN: not within the horizon. */
  backAtMs: Float64Array
  /** Failed attempts of each client. */
  failures: ArrayLike<number>
  gaveUp: number
}

export interface HerdFigures {
  clients: number
  /** When the service was back. */
  restoredMs: number
  back: number
  gaveUp: number
  attempts: number
  /** Attempts ÷ clients. */
  amplification: number
  /** Most attempts within any second (sliding by bins) after the service was restored, and in the whole run. */
  peakPerSecond: number
  peakPerSecondOverall: number
  /** Most attempts within one bin after the service was restored. */
  peakPerBin: number
  /** From restored until that share of all clients was back; null: never within the horizon. */
  t50Ms: number | null
  t95Ms: number | null
  t100Ms: number | null
  failuresMean: number
  failuresP99: number
  failuresMax: number
  /** Variance over mean of the attempts per bin from restored to t95: 1 is Poisson. Null without attempts. */
  syncIndex: number | null
}

/** Variance over mean. */
export function indexOfDispersion(counts: readonly number[]): number | null {
  const sum = counts.reduce((total, count) => total + count, 0)
  if (sum === 0) return null
  const mean = sum / counts.length
  return counts.reduce((total, count) => total + (count - mean) ** 2, 0) / counts.length / mean
}

function peakOf(bins: readonly number[], width: number): number {
  let within = 0
  let peak = 0
  for (const [index, count] of bins.entries()) {
    within += count - (bins[index - width] ?? 0)
    peak = Math.max(peak, within)
  }
  return peak
}

function shareBackMs(backAt: Float64Array, clients: number, share: number, restoredMs: number): number | null {
  const needed = Math.ceil(clients * share)
  const at = backAt[needed - 1]
  // A client that was never cut off counts as back at once.
  return at === undefined || Number.isNaN(at) ? null : Math.max(0, at - restoredMs)
}

export function herdFigures(herd: Herd): HerdFigures {
  const bins = Array.from(herd.attemptBins)
  const after = bins.slice(Math.floor(herd.restoredMs / BIN_MS))
  // Typed arrays sort NaN to the end.
  const backAt = herd.backAtMs.toSorted()
  const failures = Float64Array.from(herd.failures).toSorted()
  const attempts = bins.reduce((total, count) => total + count, 0)
  const t95Ms = shareBackMs(backAt, herd.clients, 0.95, herd.restoredMs)
  const untilT95 = t95Ms === null ? after : after.slice(0, Math.max(1, Math.ceil(t95Ms / BIN_MS)))
  return {
    clients: herd.clients,
    restoredMs: herd.restoredMs,
    back: backAt.reduce((count, at) => count + (Number.isNaN(at) ? 0 : 1), 0),
    gaveUp: herd.gaveUp,
    attempts,
    amplification: attempts / herd.clients,
    peakPerSecond: peakOf(after, BINS_PER_SECOND),
    peakPerSecondOverall: peakOf(bins, BINS_PER_SECOND),
    peakPerBin: peakOf(after, 1),
    t50Ms: shareBackMs(backAt, herd.clients, 0.5, herd.restoredMs),
    t95Ms,
    t100Ms: shareBackMs(backAt, herd.clients, 1, herd.restoredMs),
    failuresMean: failures.reduce((total, count) => total + count, 0) / herd.clients,
    failuresP99: failures[Math.min(failures.length - 1, Math.floor(failures.length * 0.99))] ?? 0,
    failuresMax: failures.at(-1) ?? 0,
    syncIndex: indexOfDispersion(untilT95),
  }
}

// What a running command tells about itself once a second. An observer is shown values; it cannot change a result.

export type Phase = 'opening' | 'warm-up' | 'running' | 'draining' | 'down' | 'recovering'

export interface Progress {
  phase: Phase
  elapsedMs: number
  /** Null where the end is not known beforehand. */
  plannedMs: number | null
  connections: { asked: number; open: number; failed: number; dropped: number }
  /** Messages per second over the last interval. */
  sentPerSecond: number
  receivedPerSecond: number
  bytesPerSecond: number
  /** Of the last interval: round trip, delivery or poll cycle, by the pattern. Null: no sample. */
  latencyName: string
  p50Ms: number | null
  p99Ms: number | null
  errors: number
  generator: { loopLagMs: number; sendLagMs: number; cpuShare: number }
  /** One short line in words, e.g. the level that --find-max is trying. */
  note: string
}

export type Observer = (progress: Progress) => void

/** What a run is given besides its configuration. */
export interface RunContext {
  observer: Observer
  /** Aborted with reason 'SIGINT' or 'SIGTERM': stop early, keep what was measured. */
  stop: AbortSignal
}

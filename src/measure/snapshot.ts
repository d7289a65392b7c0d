// What a worker tells about one interval: plain data that adds up, over intervals and over workers.

export interface FailureTally {
  count: number
  /** The first few in full. */
  examples: string[]
}

export interface Snapshot {
  /** Which interval of the run's common grid this is. */
  interval: number
  /** Increments since the last snapshot; absent: 0. */
  counters: Record<string, number>
  /** Values at the end of the interval, to be added over workers (open connections, resident bytes). */
  levels: Record<string, number>
  /** Sparse buckets since the last snapshot, see `Histogram.takeSparse`. */
  histograms: Record<string, Uint32Array>
  failures: Record<string, FailureTally>
  /** Messages that every receiver of the process has got, see `SkewTracker`. */
  skews: Float64Array
}

export const EXAMPLES_KEPT = 3

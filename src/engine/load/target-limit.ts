import type { LoadConfig } from '../../config/run-config.ts'
import type { Collector } from '../../measure/collector.ts'

/** A target that takes less than it is sent, seen from the answers of the later half of the run. */
export interface Behind {
  /** Messages a second. */
  answered: number
  asked: number
  /** How long answers took in the median, in the first interval and in the last one. */
  firstMs: number
  lastMs: number
}

/** Below this share answers do not keep up; above it they may be late by chance at the border of an interval. */
const KEEPS_UP = 0.97
/** Whole intervals between the first and the last one, which are partial. */
const INTERVALS_MIN = 3
/** Of the growth that a queue would have: a target that only loses messages answers the others as fast as ever. */
const GROWTH_SHARE = 0.5

/**
 * Whether the target was the limit of an open loop. Who takes the share 1 - x of what is sent answers at the time t what
 * was due at (1 - x) t: its answers come later by x ms each ms, as long as it lasts.
 */
export function behindTarget(config: LoadConfig, collector: Collector, latency: string | null): Behind | null {
  const { intervals } = collector
  if (latency === null || config.pace.kind === 'closed') return null
  const isSending = intervals.map(({ counters }) => (counters.msgs_sent ?? 0) > 0)
  // What answers a warm-up has another histogram.
  const from = isSending.findIndex((is, i) => is && collector.summary(i, latency) !== null) + 1
  const to = isSending.lastIndexOf(true)
  if (from === 0 || to - from < INTERVALS_MIN) return null
  const first = collector.summary(from, latency)
  const last = collector.summary(to - 1, latency)
  if (first === null || last === null) return null
  const later = intervals.slice(Math.floor((from + to) / 2), to)
  const receivers = ({ connections = 0 }: Record<string, number>) => (config.pattern === 'publish' ? connections : 1)
  const asked = sum(later.map(({ counters, levels }) => (counters.msgs_sent ?? 0) * receivers(levels)))
  const answered = sum(later.map(({ counters }) => counters.msgs_received ?? 0))
  const missing = 1 - answered / Math.max(1, asked)
  const passedMs = (to - 1 - from) * config.timelineMs
  if (missing < 1 - KEEPS_UP || last.p50 - first.p50 < GROWTH_SHARE * missing * passedMs) return null
  const seconds = (later.length * config.timelineMs) / 1000
  return { answered: answered / seconds, asked: asked / seconds, firstMs: first.p50, lastMs: last.p50 }
}

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0)

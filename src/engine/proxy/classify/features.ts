import type { BodyArrival, ObservedEvent, StreamObservation } from './observation.ts'
import { quantile } from './quantile.ts'

/** Arrivals closer than this came together: more than a loaded client needs for two reads, less than any probe's pace. */
export const TOGETHER_MS = 12

/** What one stream's times and sizes say, before anything is concluded. */
export interface StreamFeatures {
  events: number
  /** Arrival minus emission minus the least such difference, so that path delay and clock offset fall out. */
  holdMs: { p50: number; p95: number; max: number } | null
  /** Share of the events that arrived together with the one before, though they left apart. */
  mergedShare: number
  /** Events per burst. */
  bursts: number[]
  /** Of the first event of each burst that brought several: what a timer made it wait. */
  firstHoldsMs: number[]
  /** From the beginning of a burst to that of the next. */
  spacingMs: number[]
  /** Body octets of each burst. */
  flushBytes: number[]
  chunkBytes: readonly number[]
  /** How long the head took from the origin, or from the request where the origin is not ours. */
  headMs: number | null
  /** From the head to the first event, at the origin; null: not ours. */
  originQuietMs: number | null
  /** Nothing arrived before the origin had emitted all: true, false, or unknown. */
  allAfterLast: boolean | null
}

export function featuresOf(seen: StreamObservation): StreamFeatures {
  const { events, headAtMs, headSentAtMs } = seen
  const known = events.filter(isTimed)
  const delays = known.map(event => event.arrivedAtMs - event.emittedAtMs)
  const least = Math.min(...delays)
  const holds = delays.map(delay => delay - least)
  const timed = events.length > 0 && known.length === events.length
  const first = known[0]
  return {
    events: events.length,
    holdMs: timed ? { p50: quantile(holds, 0.5), p95: quantile(holds, 0.95), max: Math.max(...holds) } : null,
    mergedShare: mergedShare(events),
    ...burstsOf(events),
    firstHoldsMs: timed ? firstHolds(known, least) : [],
    flushBytes: flushesOf(seen.arrivals),
    chunkBytes: seen.chunkBytes,
    headMs: headAtMs === null ? null : headAtMs - (headSentAtMs ?? seen.requestedAtMs),
    originQuietMs: headSentAtMs === null || first === undefined ? null : first.emittedAtMs - headSentAtMs,
    allAfterLast: timed && headSentAtMs !== null ? events[0]!.arrivedAtMs >= known.at(-1)!.emittedAtMs : null,
  }
}

const isTimed = (event: ObservedEvent): event is ObservedEvent & { emittedAtMs: number } => event.emittedAtMs !== null

function mergedShare(events: readonly ObservedEvent[]): number {
  let merged = 0
  let apart = 0
  for (let index = 1; index < events.length; index += 1) {
    const before = events[index - 1]!
    const event = events[index]!
    const leftTogether = isTimed(event) && isTimed(before) && event.emittedAtMs - before.emittedAtMs < 2 * TOGETHER_MS
    if (leftTogether) continue
    apart += 1
    if (event.arrivedAtMs - before.arrivedAtMs < TOGETHER_MS) merged += 1
  }
  return apart === 0 ? 0 : merged / apart
}

function firstHolds(events: readonly (ObservedEvent & { emittedAtMs: number })[], least: number): number[] {
  return events.flatMap((event, index) => {
    const before = events[index - 1]
    const after = events[index + 1]
    const begins = before === undefined || event.arrivedAtMs - before.arrivedAtMs >= TOGETHER_MS
    const goesOn = after !== undefined && after.arrivedAtMs - event.arrivedAtMs < TOGETHER_MS
    return begins && goesOn ? [event.arrivedAtMs - event.emittedAtMs - least] : []
  })
}

function burstsOf(events: readonly ObservedEvent[]): { bursts: number[]; spacingMs: number[] } {
  const bursts: number[] = []
  const starts: number[] = []
  let last = Number.NEGATIVE_INFINITY
  for (const { arrivedAtMs } of events) {
    if (arrivedAtMs - last >= TOGETHER_MS) {
      bursts.push(0)
      starts.push(arrivedAtMs)
    }
    bursts[bursts.length - 1]! += 1
    last = arrivedAtMs
  }
  return { bursts, spacingMs: starts.slice(1).map((start, index) => start - starts[index]!) }
}

function flushesOf(arrivals: readonly BodyArrival[]): number[] {
  const flushes: number[] = []
  let last = Number.NEGATIVE_INFINITY
  for (const { atMs, bytes } of arrivals) {
    if (atMs - last >= TOGETHER_MS) flushes.push(0)
    flushes[flushes.length - 1]! += bytes
    last = atMs
  }
  return flushes
}

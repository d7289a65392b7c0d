import { isOutOfStall } from '../../../measure/stalls.ts'
import type { ObservedEvent, StreamObservation } from './observation.ts'
import { quantile } from './quantile.ts'

/** Arrivals closer than this came together: more than a loaded client needs for two reads, less than any probe's pace. */
export const TOGETHER_MS = 12

/** What one stream's times and sizes say, before anything is concluded. */
export interface StreamFeatures {
  events: number
  /** Events whose arrival this process could not time, because it did not run. */
  untimed: number
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

type TimedEvent = ObservedEvent & { emittedAtMs: number }

export function featuresOf(seen: StreamObservation): StreamFeatures {
  const { events, headAtMs, headSentAtMs, stalls } = seen
  const isUntimed = ({ atMs }: { atMs: number }) => isOutOfStall(atMs, stalls, TOGETHER_MS)
  const at = events.map(event => ({ ...event, atMs: event.arrivedAtMs }))
  const known = events.filter(isTimed)
  const timed = events.length > 0 && known.length === events.length
  const sure = known.filter(({ arrivedAtMs }) => !isUntimed({ atMs: arrivedAtMs }))
  const delays = sure.map(event => event.arrivedAtMs - event.emittedAtMs)
  const least = Math.min(...delays)
  const holds = delays.map(delay => delay - least)
  const first = known[0]
  const bursts = burstsOf(at, isUntimed)
  return {
    events: events.length,
    untimed: at.filter(isUntimed).length,
    holdMs:
      timed && sure.length > 0
        ? { p50: quantile(holds, 0.5), p95: quantile(holds, 0.95), max: Math.max(...holds) }
        : null,
    mergedShare: mergedShare(at, isUntimed),
    bursts: bursts.map(({ items }) => items.length),
    spacingMs: bursts.flatMap(({ sinceBeforeMs }) => (sinceBeforeMs === null ? [] : [sinceBeforeMs])),
    firstHoldsMs: timed ? bursts.flatMap(({ items }) => firstHold(items as (TimedEvent & At)[], least)) : [],
    flushBytes: burstsOf(seen.arrivals, isUntimed).map(({ items }) => items.reduce((sum, { bytes }) => sum + bytes, 0)),
    chunkBytes: seen.chunkBytes,
    headMs: headAtMs === null ? null : headAtMs - (headSentAtMs ?? seen.requestedAtMs),
    originQuietMs: headSentAtMs === null || first === undefined ? null : first.emittedAtMs - headSentAtMs,
    allAfterLast: timed && headSentAtMs !== null ? events[0]!.arrivedAtMs >= known.at(-1)!.emittedAtMs : null,
  }
}

const isTimed = (event: ObservedEvent): event is TimedEvent => event.emittedAtMs !== null

interface At {
  atMs: number
}

function mergedShare(events: readonly (ObservedEvent & At)[], isUntimed: (event: At) => boolean): number {
  let merged = 0
  let apart = 0
  for (let index = 1; index < events.length; index += 1) {
    const before = events[index - 1]!
    const event = events[index]!
    const leftTogether = isTimed(event) && isTimed(before) && event.emittedAtMs - before.emittedAtMs < 2 * TOGETHER_MS
    if (leftTogether || isUntimed(event)) continue
    apart += 1
    if (event.atMs - before.atMs < TOGETHER_MS) merged += 1
  }
  return apart === 0 ? 0 : merged / apart
}

interface Burst<Item> {
  items: Item[]
  /** From the burst before; null: the first, or one that could not be timed is between them. */
  sinceBeforeMs: number | null
}

/** What arrived together, without what came out of a stall: that is together by our own doing. */
function burstsOf<Item extends At>(items: readonly Item[], isUntimed: (item: At) => boolean): Burst<Item>[] {
  const bursts: Burst<Item>[] = []
  let lastMs = Number.NEGATIVE_INFINITY
  let startMs: number | null = null
  for (const item of items) {
    const isNew = item.atMs - lastMs >= TOGETHER_MS
    lastMs = item.atMs
    if (isUntimed(item)) startMs = null
    else if (isNew || bursts.length === 0) {
      bursts.push({ items: [item], sinceBeforeMs: startMs === null ? null : item.atMs - startMs })
      startMs = item.atMs
    } else bursts.at(-1)!.items.push(item)
  }
  return bursts
}

function firstHold(burst: readonly (TimedEvent & At)[], least: number): number[] {
  return burst.length < 2 ? [] : [burst[0]!.atMs - burst[0]!.emittedAtMs - least]
}

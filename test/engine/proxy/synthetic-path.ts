// Streams as they would arrive over paths that delay, scatter and hold; no clock and no socket.
import type { ObservedEvent, StreamObservation } from '../../../src/engine/proxy/classify/observation.ts'
import type { Random } from '../../../src/world/random.ts'

export interface SyntheticStream {
  emissions: { atMs: number; bytes: number }[]
  endMs: number
}

export const QUIET_MS = 1000

/** What the prober's origin sends: a head, silence, then events at a changing pace. */
export function syntheticStream(size: 'small' | 'large', random: Random): SyntheticStream {
  const emissions = []
  let at = QUIET_MS
  const count = size === 'small' ? 58 : 75
  for (let index = 0; index < count; index += 1) {
    const gapMs = size === 'small' ? 100 : index < count / 2 ? 95 : 65
    emissions.push({ atMs: at + random() * 3, bytes: size === 'small' ? 56 : 1500 })
    at += gapMs
  }
  return { emissions, endMs: at + 300 }
}

/** A normal variate from the central limit, cut at ±3 standard deviations. */
export const normal = (random: Random, sd: number) => {
  let sum = 0
  for (let index = 0; index < 12; index += 1) sum += random()
  return Math.max(-3, Math.min(3, sum - 6)) * sd
}

/** TCP delivers in order: what is overtaken waits. The reader stamps a little late, sometimes a lot. */
export function throughPath(stream: SyntheticStream, random: Random, delayMs: () => number): StreamObservation {
  let last = 0
  const headAtMs = delayMs()
  last = headAtMs
  const events = stream.emissions.map(({ atMs, bytes }) => {
    last = Math.max(last, atMs + delayMs() + random() * 2)
    return { emittedAtMs: atMs, arrivedAtMs: last, bytes }
  })
  return observation(stream, events, headAtMs, Math.max(last, stream.endMs + delayMs()))
}

/** A hop that passes on what `flushAt` lets go: the arrival of each event. */
export function observation(
  stream: SyntheticStream,
  events: ObservedEvent[],
  headAtMs: number,
  endedAtMs: number,
): StreamObservation {
  const arrivals = events.map(event => ({ atMs: event.arrivedAtMs, bytes: event.bytes }))
  return {
    requestedAtMs: -5,
    headSentAtMs: 0,
    stalls: [],
    headAtMs,
    events,
    arrivals,
    chunkBytes: events.map(event => event.bytes),
    contentEncoding: null,
    emitted: stream.emissions.length,
    endedAtMs,
  }
}

/** Passes on every `ms`, as a timer that starts with the first event would. */
export function coalesced(stream: SyntheticStream, random: Random, ms: number): StreamObservation {
  const phase = random() * ms
  const events = stream.emissions.map(({ atMs, bytes }) => ({
    emittedAtMs: atMs,
    arrivedAtMs: Math.ceil((atMs - phase) / ms) * ms + phase + random() * 2 + 1,
    bytes,
  }))
  return observation(stream, inOrder(events), 1, stream.endMs)
}

/** Passes on full buffers of `size` octets, the rest at the end; the hop's own copy of the head fills the first. */
export function sizeBuffered(
  stream: SyntheticStream,
  random: Random,
  size: number,
  headBytes: number,
): StreamObservation {
  const arrivals: { atMs: number; bytes: number }[] = []
  let filled = headBytes
  const waiting: { emittedAtMs: number; bytes: number; end: number }[] = []
  const events: ObservedEvent[] = []
  let sent = 0
  let total = 0
  const flush = (atMs: number, bytes: number) => {
    arrivals.push({ atMs, bytes })
    sent += bytes
    while (waiting.length > 0 && waiting[0]!.end <= sent) {
      const { emittedAtMs, bytes: own } = waiting.shift()!
      events.push({ emittedAtMs, arrivedAtMs: atMs, bytes: own })
    }
  }
  for (const { atMs, bytes } of stream.emissions) {
    total += bytes
    filled += bytes
    waiting.push({ emittedAtMs: atMs, bytes, end: total })
    if (filled >= size) {
      flush(atMs + 1 + random(), size - (sent === 0 ? headBytes : 0))
      filled -= size
    }
  }
  if (total > sent) flush(stream.endMs + 1, total - sent)
  const seen = observation(stream, events, arrivals[0]!.atMs, stream.endMs + 2)
  return { ...seen, arrivals, chunkBytes: arrivals.map(({ bytes }) => bytes) }
}

function inOrder(events: ObservedEvent[]): ObservedEvent[] {
  let last = 0
  return events.map(event => {
    last = Math.max(last, event.arrivedAtMs)
    return { ...event, arrivedAtMs: last }
  })
}

// What was seen of one stream, at the client and, where rtbench is the origin, where it left. All times are ms on one
// clock; emission times may come from another clock, as only their differences count.

import type { Stall } from '../../../measure/stalls.ts'

export interface ObservedEvent {
  /** Null: nobody knows when it left. */
  emittedAtMs: number | null
  arrivedAtMs: number
  /** As SSE text, framing included. */
  bytes: number
}

/** Some octets of the body that arrived together, after chunked coding is taken off, before decompression. */
export interface BodyArrival {
  atMs: number
  bytes: number
}

export interface StreamObservation {
  requestedAtMs: number
  /** When the origin handed out its head; null: not ours. */
  headSentAtMs: number | null
  /** Null: no head came. */
  headAtMs: number | null
  /** In the order of their arrival. */
  events: readonly ObservedEvent[]
  arrivals: readonly BodyArrival[]
  /** Sizes of the chunks of chunked coding; empty for other framings. */
  chunkBytes: readonly number[]
  contentEncoding: string | null
  /** Events that the origin emitted; null: not ours. */
  emitted: number | null
  /** When the body ended for the client; null: still open when the watch was over. */
  endedAtMs: number | null
  /** When this process did not run. */
  stalls: readonly Stall[]
}

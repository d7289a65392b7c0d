import type { ByteCounts } from './byte-counts.ts'

// What lies below the application, computed and not measured: TLS 1.3 records and TCP/IP with the timestamp option.

/** Record header, content type, authentication tag. */
export const TLS_RECORD_BYTES = 5 + 1 + 16
const TLS_RECORD_MAX = 16_384
/** IPv4 and TCP headers and 12 octets of timestamps. */
export const SEGMENT_BYTES = 20 + 20 + 12
const ETHERNET_SEGMENT = 1448
const LOOPBACK_SEGMENT = 65_483
/** An acknowledgement waits this long for data to travel with. */
const DELAYED_ACK_MS = 40

export interface WireModel {
  segments: number
  tlsBytes: number
  tcpIpBytes: number
}

export interface WireFacts {
  counts: ByteCounts
  isPolling: boolean
  /** From a request to its answer, and from an answer to the next request, ms. */
  answerAfterMs: number
  requestAfterMs: number
  isLoopback: boolean
  hasTls: boolean
}

export function modelWire({
  counts,
  isPolling,
  answerAfterMs,
  requestAfterMs,
  isLoopback,
  hasTls,
}: WireFacts): WireModel {
  const { reads, polls, received, sent } = counts
  const most = isLoopback ? LOOPBACK_SEGMENT : ETHERNET_SEGMENT
  const incoming = segmentsFor(received, reads, most)
  const outgoing = segmentsFor(sent, polls, most)
  // A push is acknowledged by itself. A request acknowledges the answer before it, and an answer its request, if they
  // follow soon enough.
  const acknowledgements = isPolling
    ? (answerAfterMs > DELAYED_ACK_MS ? polls : 0) + (requestAfterMs > DELAYED_ACK_MS ? reads : 0)
    : incoming
  const records = hasTls ? recordsFor(received, reads) + recordsFor(sent, polls) : 0
  const segments = incoming + outgoing + acknowledgements
  return { segments, tlsBytes: records * TLS_RECORD_BYTES, tcpIpBytes: segments * SEGMENT_BYTES }
}

// Each read or write is a train of segments of its own; only what it holds beyond one segment adds to them.
const segmentsFor = (bytes: number, trains: number, most: number): number =>
  trains === 0 ? Math.ceil(bytes / most) : trains * Math.max(1, Math.ceil(bytes / trains / most))

const recordsFor = (bytes: number, trains: number): number => segmentsFor(bytes, trains, TLS_RECORD_MAX)

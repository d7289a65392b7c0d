import type { TransportRoom } from '../../transports/transport.ts'

/** Octets and events on one connection up to a moment, above TLS. */
export interface ByteCounts {
  sent: number
  received: number
  payloadReceived: number
  framingReceived: number
  framingSent: number
  chunkReceived: number
  reads: number
  polls: number
  emptyAnswers: number
}

export function countsOf({ wire, received, sent, recorder }: TransportRoom): ByteCounts {
  return {
    sent: wire.bytes.sent,
    received: wire.bytes.received,
    payloadReceived: received.payload,
    framingReceived: received.framing,
    framingSent: sent.framing + sent.payload,
    chunkReceived: received.chunk,
    reads: wire.bytes.reads,
    polls: recorder.hot.polls,
    emptyAnswers: recorder.hot.polls_empty,
  }
}

export function difference(after: ByteCounts, before: ByteCounts): ByteCounts {
  const names = Object.keys(after) as (keyof ByteCounts)[]
  return Object.fromEntries(names.map(name => [name, after[name] - before[name]])) as unknown as ByteCounts
}

import type { ReceiverSink } from '../../../src/protocol/websocket/receiver-sink.ts'

/** What a receiver reported, in order, with bytes copied. */
export type Seen =
  | { what: 'message'; opcode: number; bytes: Buffer }
  | { what: 'ping' | 'pong'; bytes: Buffer }
  | { what: 'close' | 'violation'; code: number; text: string }

export interface RecordingSink extends ReceiverSink<string> {
  seen: Seen[]
}

/** A sink that keeps a copy of everything it is told. */
export function recordingSink(): RecordingSink {
  const seen: Seen[] = []
  return {
    seen,
    bytes: { payload: 0, framing: 0 },
    nonMinimalLengths: 0,
    message: (_, opcode, buffer, start, end) =>
      seen.push({ what: 'message', opcode, bytes: Buffer.from(buffer.subarray(start, end)) }),
    ping: (_, buffer, start, end) => seen.push({ what: 'ping', bytes: Buffer.from(buffer.subarray(start, end)) }),
    pong: (_, buffer, start, end) => seen.push({ what: 'pong', bytes: Buffer.from(buffer.subarray(start, end)) }),
    close: (_, code, text) => seen.push({ what: 'close', code, text }),
    violation: (_, code, text) => seen.push({ what: 'violation', code, text }),
  }
}

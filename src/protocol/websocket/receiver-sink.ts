/**
 * What a Receiver tells its owner. One sink serves all connections of a worker; `context` says which one it is. Byte
 * ranges are only valid during the call: the buffer is reused for the next read.
 */
export interface ReceiverSink<Context> {
  readonly bytes: ReceivedBytes
  /** Frames whose length was written longer than needed: forbidden to the sender, harmless to the reader. */
  nonMinimalLengths: number
  message(context: Context, opcode: number, buffer: Buffer, start: number, end: number): void
  ping(context: Context, buffer: Buffer, start: number, end: number): void
  pong(context: Context, buffer: Buffer, start: number, end: number): void
  /** The peer's Close; 1005 when it carried no code. Nothing is read after it (RFC 6455 §5.5.1). */
  close(context: Context, code: number, reason: string): void
  /** The connection must be failed with this close code; nothing is read after it. */
  violation(context: Context, code: number, text: string): void
}

/** What was pushed, by layer; both sum to the bytes pushed. Plain fields, because they change with every read. */
export interface ReceivedBytes {
  /** Octets of data messages as they stood on the wire, after deflate and before inflate. */
  payload: number
  /** All other octets: headers, control frames, whatever followed a violation; added once per push. */
  framing: number
}

/** Shared by all connections of a run. */
export interface ReceiverOptions {
  /** The largest message, joined and inflated; over it the connection fails with 1009. */
  maxMessageBytes: number
  /** Whether text must be valid UTF-8. */
  validateUtf8: boolean
}

/** Inflates one message, remembering the window where context takeover was negotiated. */
export interface MessageInflater {
  inflate(compressed: Buffer, maxOutputBytes: number): InflateResult
}

/** An inflated message, or why there is none. */
export type InflateResult = { ok: true; bytes: Buffer } | { ok: false; fault: 'too-big' | 'corrupt'; text: string }

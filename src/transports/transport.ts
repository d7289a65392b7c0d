// What patterns and the engine know of a connection, whatever carries it.

import type { CursorConfig, HeaderLine } from '../config/run-config.ts'
import type { Cursor } from '../protocol/polling/cursor.ts'
import type { Recorder } from '../measure/recorder.ts'
import type { TimerQueue } from '../world/timer-queue.ts'
import type { DialTarget, DialTimes, WireRoom } from '../wire/dial.ts'
import type { Failure } from '../wire/failure.ts'

/** How a connection ended after it was established, or why it never was. */
export interface End {
  failure: Failure | null
  /** WebSocket close code the server sent, 1006 where none came; null for HTTP. */
  closeCode: number | null
  reason: string
  /** The HTTP status answered instead of a connection; null where none was. */
  status: number | null
  /** The server said when to come back. */
  retryAfterMs: number | null
  /** The response body came to its orderly end. */
  clean: boolean
  /** A 3xx answer's Location. */
  location: { url: string; permanent: boolean } | null
}

/** The end of a connection about which nothing more is known. */
export const plainEnd = (failure: Failure | null): End => ({
  failure,
  closeCode: null,
  reason: '',
  status: null,
  retryAfterMs: null,
  clean: false,
  location: null,
})

/** One object serves all connections of a worker. `buffer` is reused after the call: copy what is kept. */
export interface ConnectionListener {
  opened(connection: Connection): void
  message(connection: Connection, buffer: Buffer, start: number, end: number): void
  /** Everything that one read brought has been handed over. */
  flushed(connection: Connection): void
  /** Exactly once, opened or not. */
  ended(connection: Connection, end: End): void
}

/** A connection that carries messages. It never reconnects by itself. */
export interface Connection {
  readonly index: number
  /** For the pattern's own use. */
  state: unknown
  /** Time parts of the connect; dropped by the worker once they are recorded. */
  times: DialTimes | null
  /** Bytes that a send would have to queue behind. */
  readonly backlog: number
  readonly open: boolean
  /** This end's port; undefined before the connect and on unix sockets. */
  readonly localPort: number | undefined
  /** When it ended: all that came with the same turn of the loop ended together. */
  readonly overAt: number
  start(target: DialTarget, resume: Resume): void
  /** The newest TLS session, kept only where the client may come back. */
  readonly tlsSession: Buffer | undefined
  /** What the client would carry into its next connection. */
  readonly resume: Resume
  /** Ends in the protocol's own way (closing handshake, FIN); `ended` follows within `graceMs`. */
  close(): void
  /** Ends now with RST; `failure` says why where it is one. */
  abort(failure: Failure | null): void
}

/** A connection that can send, too. */
export interface MessageConnection extends Connection {
  /** Queues one message; the bytes are copied. */
  send(payload: Buffer, binary: boolean): void
  /** Hands everything queued to the kernel in one write. */
  flush(): void
}

/** What a client carries from one connection of its own to the next. */
export interface Resume {
  lastEventId: string
  retryMs: number | null
  tlsSession: Buffer | undefined
  /** Where the next poll continues; null: from the start. */
  cursor: Cursor | null
}

export const emptyResume = (): Resume => ({ lastEventId: '', retryMs: null, tlsSession: undefined, cursor: null })

/** Byte layers of the application protocol. What the wire counted beyond these is HTTP heads. */
export interface Layers {
  payload: number
  /** WebSocket frame headers and control frames; SSE field names, ids, comments and line ends. */
  framing: number
  /** HTTP/1.1 chunk sizes and line ends, trailers. */
  chunk: number
}

export const noBytes = (): Layers => ({ payload: 0, framing: 0, chunk: 0 })

/** Everything that the connections of one worker share. */
export interface TransportRoom {
  wire: WireRoom
  listener: ConnectionListener
  recorder: Recorder
  received: Layers
  sent: Layers
  request: RequestParts
  timers: TimerQueue
  /** The moment of the read being handled, stamped once for all of its messages. */
  readAt: number
  /** Who wants to know the Date of answers, and when they were requested. */
  onDate?: (date: string | undefined, requestAt: number) => void
}

/** What every request of this run says. */
export interface RequestParts {
  headers: HeaderLine[]
  subprotocols: string[]
  deflate: boolean
  cursor: CursorConfig
  /** Plain polling; null: long polling. */
  pollIntervalMs: number | null
  maxMessageBytes: number
}

/** A unit of `transports/`. */
export interface TransportUnit {
  title: string
  /** Once per worker; the answer makes connections. */
  prepare(room: TransportRoom): (index: number) => Connection
}

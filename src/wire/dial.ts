import { connect as netConnect, type Socket } from 'node:net'
import { connect as tlsConnect, type TLSSocket } from 'node:tls'
import { now } from '../world/clock.ts'
import { type Failure, failureOf } from './failure.ts'
import { connectPlain } from './plain-socket.ts'
import type { Resolved } from './resolve.ts'
import type { TlsSettings } from './tls.ts'

/** Where to connect and how; one value shared by all connections of a worker. */
export interface DialTarget {
  host: string
  port: number
  unixSocket: string | null
  tls: TlsSettings | null
  /** What requests there say: origin-form target and Host. A redirect changes them for one connection only. */
  requestTarget: string
  authority: string
}

/** What the connections of one process share: one read buffer, one resolver, one count of bytes. */
export interface WireRoom {
  readBuffer: Buffer
  resolve(host: string): Resolved | Promise<Resolved>
  /** The source address for connection number `index`; undefined: the kernel chooses. */
  localAddress(index: number): string | undefined
  bytes: { received: number; sent: number; reads: number; fullReads: number }
  /** When the events of this turn of the loop had come. */
  turn(): number
}

/** The time parts of one connection in ms, null where a part did not happen. */
export interface DialTimes {
  startedAt: number
  dnsMs: number | null
  tcpMs: number | null
  tlsMs: number | null
  readyAt: number
}

export const describeTarget = (target: DialTarget): string => target.unixSocket ?? `${target.host}:${target.port}`

/**
 * One byte stream to the target. A transport extends it and gets `ready`, `read` and `ended`; `ended` comes exactly
 * once, also when `ready` never came. The read buffer is shared by all: what is kept of it must be copied.
 */
export abstract class Wire {
  readonly index: number
  protected readonly room: WireRoom
  socket: Socket | null = null
  /** Held only until the connection is established. */
  times: DialTimes | null = null
  tlsSession: Buffer | undefined = undefined
  protected failure: Failure | null = null
  /** Where this connection goes, from `dial` on. */
  protected goal: DialTarget | null = null
  /** When the stream ended, by the turn of the loop that brought it. */
  overAt = 0
  private over = false
  // RST exists on TCP only; Node throws for TLS and unix sockets.
  private resettable = false

  constructor(room: WireRoom, index: number) {
    this.room = room
    this.index = index
  }

  /** The stream is up (TLS included). */
  protected abstract ready(): void
  /** `bytes` bytes stand at the start of the shared read buffer. */
  protected abstract read(buffer: Buffer, bytes: number): void
  /** The stream is over; null: closed without an error. */
  protected abstract ended(failure: Failure | null): void

  /** Connects; again after `ended` too, for a stream that the protocol allows to be replaced. */
  dial(target: DialTarget, session: Buffer | undefined): void {
    this.over = false
    this.overAt = 0
    this.failure = null
    this.goal = target
    this.times = { startedAt: now(), dnsMs: null, tcpMs: null, tlsMs: null, readyAt: 0 }
    if (target.unixSocket !== null) {
      this.connect(target, target.unixSocket, session)
      return
    }
    const resolved = this.room.resolve(target.host)
    if (!(resolved instanceof Promise)) {
      this.connect(target, resolved.address, session)
      return
    }
    resolved.then(
      ({ address, tookMs }) => {
        if (this.over) return
        if (this.times !== null) this.times.dnsMs = tookMs
        this.connect(target, address, session)
      },
      (error: Error) => this.finish(failureOf(error, describeTarget(target))),
    )
  }

  private connect(target: DialTarget, address: string, session: Buffer | undefined): void {
    const { room } = this
    const onread = { buffer: room.readBuffer, callback: (bytes: number) => this.received(bytes) }
    const { tls, unixSocket } = target
    const place = { host: address, port: target.port, localAddress: room.localAddress(this.index), onread }
    const startedAt = now()
    const socket =
      tls !== null
        ? tlsConnect({
            ...(unixSocket === null ? { ...place, noDelay: true } : { path: unixSocket, onread }),
            ...tls.options,
            ...(session && { session }),
          } as never)
        : unixSocket === null
          ? connectPlain(place)
          : netConnect({ path: unixSocket, onread })
    this.socket = socket
    this.resettable = target.tls === null && target.unixSocket === null
    socket.on('error', (error: Error) => {
      this.failure ??= failureOf(error, describeTarget(target))
      this.overAt ||= room.turn()
    })
    socket.on('close', () => this.finish(this.failure))
    socket.on('connect', () => {
      const { times } = this
      if (times === null) return
      times.tcpMs = now() - startedAt
      if (target.tls === null) this.established(times)
    })
    if (target.tls !== null) {
      // TLS 1.3 sends tickets after the handshake, each good for one resumption (RFC 8446 §C.4).
      if (target.tls.keepSessions) socket.on('session', (ticket: Buffer) => (this.tlsSession = ticket))
      socket.once('secureConnect', () => {
        const { times } = this
        if (times === null) return
        times.tlsMs = now() - startedAt - (times.tcpMs ?? 0)
        target.tls?.observe(socket as TLSSocket)
        this.established(times)
      })
    }
  }

  private established(times: DialTimes): void {
    times.readyAt = now()
    this.ready()
  }

  private received(bytes: number): boolean {
    const { room } = this
    room.bytes.received += bytes
    room.bytes.reads += 1
    if (bytes === room.readBuffer.length) room.bytes.fullReads += 1
    this.read(room.readBuffer, bytes)
    return true
  }

  /** Sends bytes. True: the kernel took them all and the buffer may be reused at once. */
  write(bytes: Buffer): boolean {
    const { socket } = this
    if (socket === null || socket.destroyed) return true
    this.room.bytes.sent += bytes.length
    socket.write(bytes)
    return socket.writableLength === 0
  }

  /** Bytes that the target has not taken yet. */
  get backlog(): number {
    return this.socket?.writableLength ?? 0
  }

  get localPort(): number | undefined {
    return this.socket?.localPort
  }

  /** Half-closes: everything written goes out, then FIN. */
  end(): void {
    this.socket?.end()
  }

  /** Ends at once with RST, which leaves no TIME_WAIT behind; `failure` says why where it is one. */
  abort(failure: Failure | null = null): void {
    this.failure ??= failure
    this.overAt ||= this.room.turn()
    if (this.socket === null) this.finish(this.failure)
    else if (this.socket.connecting || !this.resettable) this.socket.destroy()
    else this.socket.resetAndDestroy()
  }

  private finish(failure: Failure | null): void {
    if (this.over) return
    this.over = true
    // Closing comes after the turn that brought the end; an end without an error has no other sign.
    this.overAt ||= this.room.turn()
    // Bytes that were handed to the stream but never reached the kernel were not sent.
    if (this.socket !== null) this.room.bytes.sent -= this.socket.writableLength
    this.socket = null
    this.ended(failure)
  }
}

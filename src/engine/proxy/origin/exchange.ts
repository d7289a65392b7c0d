import type { Socket } from 'node:net'
import type { RequestHead } from '../../../protocol/http1/head.ts'
import { now } from '../../../world/clock.ts'

/** How the other side ended, as the origin saw it. */
export interface OriginEnd {
  how: 'fin' | 'reset'
  atMs: number
}

/** One request that reached the origin, and everything that was done to answer it. */
export interface OriginExchange {
  readonly head: RequestHead
  readonly atMs: number
  readonly body: Buffer
  /** Handed to the socket so far. */
  readonly sentBytes: number
  /** Of those, what the system has not taken. */
  readonly waitingBytes: number
  readonly localPort: number
  readonly remotePort: number
  readonly end: OriginEnd | null
  write(bytes: Uint8Array): void
  /** When the system has taken what was written, or the connection is over. */
  drained(): Promise<void>
  /** What comes after the request, for an upgraded connection; answers what has come already. */
  tunnel(received: (bytes: Buffer) => void): void
  onEnd(ended: (end: OriginEnd) => void): void
  /** The answer is complete: the connection may carry the next request. */
  complete(): void
  /** FIN. */
  finish(): void
  /** RST. */
  reset(): void
}

/** The parts that the connection itself drives. */
export interface ExchangeControl extends OriginExchange {
  received(bytes: Buffer): void
  over(how: OriginEnd['how']): void
  readonly tunnelled: boolean
}

const MAX_UNREAD_BYTES = 1024 * 1024

export function createExchange(
  socket: Socket,
  head: RequestHead,
  body: Buffer,
  onComplete: () => void,
): ExchangeControl {
  const sentBefore = socket.bytesWritten
  const endings: ((end: OriginEnd) => void)[] = []
  let end: OriginEnd | null = null
  let handler: ((bytes: Buffer) => void) | null = null
  let early: Buffer[] = []
  let earlyBytes = 0
  return {
    head,
    body,
    atMs: now(),
    localPort: socket.localPort ?? 0,
    remotePort: socket.remotePort ?? 0,
    get sentBytes() {
      return socket.bytesWritten - sentBefore
    },
    get waitingBytes() {
      return socket.writableLength
    },
    get end() {
      return end
    },
    get tunnelled() {
      return handler !== null
    },
    write(bytes) {
      if (socket.writable) socket.write(bytes)
    },
    drained: () =>
      new Promise(resolve => {
        if (!socket.writableNeedDrain || socket.destroyed) resolve()
        else {
          const done = () => {
            socket.off('drain', done)
            socket.off('close', done)
            resolve()
          }
          socket.on('drain', done)
          socket.on('close', done)
        }
      }),
    tunnel(received) {
      handler = received
      for (const bytes of early) received(bytes)
      early = []
    },
    onEnd(ended) {
      if (end === null) endings.push(ended)
      else ended(end)
    },
    complete: onComplete,
    finish: () => socket.end(),
    reset: () => socket.resetAndDestroy(),
    received(bytes) {
      if (handler !== null) handler(bytes)
      else if ((earlyBytes += bytes.length) <= MAX_UNREAD_BYTES) early.push(Buffer.from(bytes))
    },
    over(how) {
      if (end !== null) return
      end = { how, atMs: now() }
      for (const ended of endings) ended(end)
    },
  }
}

import type { FakeTime } from './fake-time.ts'

/** What happens to the n-th socket: it opens and is lost after so long, or it fails. */
export type Fate = { upMs: number } | { failsAfterMs: number }

export interface Recorded {
  /** When each socket was asked for. */
  asked: number[]
  /** When each of them came to its end. */
  ended: number[]
}

/** Called just before the socket opens: sets `onsend`, or plans messages. */
type Greeting = (socket: FakeWebSocket) => void

/** The part of a browser's WebSocket that the libraries use. */
export class FakeWebSocket extends EventTarget {
  static readonly CONNECTING = 0
  static readonly OPEN = 1
  static readonly CLOSING = 2
  static readonly CLOSED = 3
  readonly CONNECTING = 0
  readonly OPEN = 1
  readonly CLOSING = 2
  readonly CLOSED = 3
  readyState = 0
  binaryType = 'blob'
  bufferedAmount = 0
  extensions = ''
  protocol = ''
  url: string
  sent: unknown[] = []
  onopen: ((event: Event) => void) | null = null
  onmessage: ((event: Event) => void) | null = null
  onerror: ((event: Event) => void) | null = null
  onclose: ((event: Event) => void) | null = null
  onsend: ((data: unknown) => void) | null = null

  constructor(url: string | URL, protocols?: string | string[]) {
    super()
    this.url = String(url)
    this.protocol = Array.isArray(protocols) ? (protocols[0] ?? '') : (protocols ?? '')
  }

  send(data: unknown) {
    this.sent.push(data)
    this.onsend?.(data)
  }

  close() {}

  tell(type: 'open' | 'message' | 'error' | 'close', fields: object = {}) {
    const event = Object.assign(new Event(type), fields)
    this[`on${type}`]?.(event)
    this.dispatchEvent(event)
  }

  receive(data: unknown) {
    this.tell('message', { data })
  }
}

/** Makes globalThis.WebSocket follow the fates, one per socket asked for, the last for all that come after. */
export function installFakeWebSocket(
  time: FakeTime,
  fate: (index: number) => Fate,
  greet: Greeting = () => {},
): Recorded {
  const recorded: Recorded = { asked: [], ended: [] }
  const end = (socket: FakeWebSocket, failed: boolean) => {
    if (socket.readyState === 3) return
    recorded.ended.push(time.now())
    socket.readyState = 3
    if (failed) socket.tell('error', { message: 'connection refused', error: new Error('connection refused') })
    socket.tell('close', { code: 1006, reason: '', wasClean: false })
  }
  const Scripted = class extends FakeWebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols)
      const planned = fate(recorded.asked.length)
      recorded.asked.push(time.now())
      if ('failsAfterMs' in planned) setTimeout(() => end(this, true), planned.failsAfterMs)
      else
        setTimeout(() => {
          if (this.readyState !== 0) return
          this.readyState = 1
          greet(this)
          this.tell('open')
          setTimeout(() => end(this, false), planned.upMs)
        }, 0)
    }

    override close() {
      setTimeout(() => end(this, false), 0)
    }
  }
  Object.assign(globalThis, { WebSocket: Scripted })
  return recorded
}

/** From each end to the next socket asked for, in whole µs: the clock starts at a large number. */
export const delaysOf = (recorded: Recorded): number[] =>
  recorded.ended.slice(0, recorded.asked.length - 1).map((at, index) => inMicroseconds(recorded.asked[index + 1]! - at))

export const inMicroseconds = (ms: number) => Math.round(ms * 1000) / 1000

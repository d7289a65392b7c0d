// One client's connection at the gate: relayed to the target, or met by a fault.
import type { Socket } from 'node:net'
import { encodeClosePayload } from '../protocol/websocket/close-code.ts'
import type { FrameBoundary } from './gate-frame-boundary.ts'
import { trackFrames } from './gate-frame-boundary.ts'
import { connectPlain } from './plain-socket.ts'

export interface GateTarget {
  host: string
  port: number
}

/** What a fault can do to a connection. */
export interface GateConnection {
  /** The client's port. */
  readonly from: number
  /** Relays to the target. `holdAnswerMs`: the target's first bytes are kept back; `closeAfterMs`: FIN so long after them. */
  relay(options?: { holdAnswerMs?: number; closeAfterMs?: number }): void
  /** Answers the request, once its head is there, in the target's place. */
  answer(status: number, reason: string, headers?: Readonly<Record<string, string>>): void
  /** Stays open, reads on and says nothing any more. */
  fallSilent(): void
  reset(): void
  /** FIN without any goodbye. */
  finish(): void
  /** A WebSocket Close frame between two of the target's frames, then FIN. Where no WebSocket is open: FIN. */
  closeWith(code: number): void
  /** Announces a chunk (or frame) of the body that never comes in full, then FIN. */
  truncate(): void
}

const HEAD_MAX = 65_536
const BOUNDARY_WAIT_MS = 500
const HEAD_END = Buffer.from('\r\n\r\n')
const SWITCHING = Buffer.from('HTTP/1.1 101')

/** `client` must have been accepted paused: those that are turned away are never read. */
export function gateConnection(client: Socket, target: GateTarget, gone: () => void): GateConnection {
  let upstream: Socket | undefined
  let silent = false
  let head: Buffer | undefined = Buffer.alloc(0)
  let frames: FrameBoundary | undefined
  let atBoundary: (() => void) | undefined

  client.on('error', () => {})
  client.once('close', () => {
    upstream?.destroy()
    gone()
  })

  // The target's answer decides whether frames are to be followed; afterwards only their headers are looked at.
  function observe(bytes: Buffer) {
    if (frames) frames.push(bytes)
    else if (head) {
      head = Buffer.concat([head, bytes])
      const end = head.indexOf(HEAD_END)
      if (end === -1 && head.length < HEAD_MAX) return
      if (end !== -1 && head.subarray(0, SWITCHING.length).equals(SWITCHING)) {
        frames = trackFrames()
        frames.push(head.subarray(end + HEAD_END.length))
      }
      head = undefined
    }
    if (frames?.atBoundary) atBoundary?.()
  }

  function whenAtBoundary(run: () => void) {
    if (!frames || frames.atBoundary) return run()
    const timer = setTimeout(() => self.reset(), BOUNDARY_WAIT_MS)
    atBoundary = () => {
      clearTimeout(timer)
      atBoundary = undefined
      run()
    }
  }

  const self: GateConnection = {
    from: client.remotePort ?? 0,
    relay({ holdAnswerMs = 0, closeAfterMs } = {}) {
      if (client.destroyed) return
      client.setNoDelay(true)
      const opened = connectPlain(target)
      upstream = opened
      opened.on('error', () => {})
      opened.once('close', () => {
        if (!silent) client.destroySoon()
      })
      client.on('data', bytes => {
        if (!silent && !opened.write(bytes)) client.pause()
      })
      opened.on('drain', () => client.resume())
      client.on('drain', () => opened.resume())
      client.on('end', () => opened.end())
      client.resume()
      const passOn = (bytes: Buffer) => {
        if (silent) return
        observe(bytes)
        if (!client.destroyed && client.writable && !client.write(bytes)) opened.pause()
      }
      opened.once('data', first => {
        if (closeAfterMs !== undefined) setTimeout(() => self.finish(), holdAnswerMs + closeAfterMs)
        if (holdAnswerMs === 0) passOn(first)
        else {
          opened.pause()
          setTimeout(() => {
            passOn(first)
            opened.resume()
          }, holdAnswerMs)
        }
        opened.on('data', passOn)
      })
    },
    answer(status, reason, headers = {}) {
      let request = Buffer.alloc(0)
      client.on('data', function read(bytes) {
        request = Buffer.concat([request, bytes])
        if (request.indexOf(HEAD_END) === -1 && request.length < HEAD_MAX) return
        client.off('data', read)
        const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
        client.end(
          `HTTP/1.1 ${status} ${reason}\r\nContent-Type: text/plain\r\nContent-Length: ${reason.length}\r\n` +
            `Connection: close\r\n${lines.join('')}\r\n${reason}`,
        )
      })
      client.resume()
    },
    fallSilent() {
      silent = true
      upstream?.destroy()
      client.resume()
    },
    reset: () => void client.resetAndDestroy(),
    finish() {
      silent = true
      upstream?.destroy()
      client.end()
      client.resume()
    },
    closeWith(code) {
      if (!frames) return self.finish()
      whenAtBoundary(() => {
        const payload = encodeClosePayload(code)
        client.write(Buffer.concat([Buffer.from([0x88, payload.length]), payload]))
        self.finish()
      })
    },
    truncate() {
      whenAtBoundary(() => {
        if (client.writable) client.write(frames ? Buffer.from('817e0400', 'hex') : '400\r\ndata: cut o')
        self.finish()
      })
    },
  }
  return self
}

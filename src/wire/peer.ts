import { type Clock, sleep } from '../world/timer.ts'
import type { BytePipe, PipeEnd } from './byte-pipe.ts'
import type { ConnectionLog } from './wire-log.ts'

export type Read = { kind: 'bytes'; bytes: Buffer } | PipeEnd | { kind: 'silence'; ms: number }

/** A connection that is read by asking, each time with a limit to the wait. */
export interface Peer {
  readonly clock: Clock
  /** All octets that have arrived, read or not. */
  readonly receivedBytes: number
  /** Set when the other side has ended, though bytes before it may still be unread. */
  readonly end: PipeEnd | null
  send(bytes: Uint8Array): void
  /** In segments of that many bytes, or cut at those offsets (negative: from the end), each handed over on its own. */
  sendSplit(bytes: Uint8Array, split: number | readonly number[], pauseMs?: number): Promise<void>
  /** When little of what was sent still waits in this process; false after that many ms. */
  drained(withinMs: number): Promise<boolean>
  read(withinMs: number): Promise<Read>
  /** Puts bytes back that the next read shall see first. */
  unread(bytes: Buffer): void
  /** FIN. */
  finish(): void
  /** RST. */
  reset(): void
  destroy(): void
  /** Leaves what comes in the system's buffers from now on. */
  stopReading(): void
  resumeReading(): void
  note(text: string): void
}

const MAX_HELD_BYTES = 1024 * 1024

export function createPeer(pipe: BytePipe, clock: Clock, log: ConnectionLog): Peer {
  const queue: Buffer[] = []
  let held = 0
  let received = 0
  let end: PipeEnd | null = null
  let wake: (() => void) | null = null
  let stopped = false

  pipe.listen({
    bytes(bytes) {
      log.received(bytes)
      received += bytes.length
      held += bytes.length
      queue.push(bytes)
      if (held > MAX_HELD_BYTES) pipe.pause()
      wake?.()
    },
    over(how) {
      log.note(how.kind === 'fin' ? 'the server ended the connection (FIN)' : `the connection broke (${how.code})`)
      end = how
      wake?.()
    },
  })

  function wait(withinMs: number): Promise<boolean> {
    return new Promise(resolve => {
      const cancel = clock.after(withinMs, () => {
        wake = null
        resolve(false)
      })
      wake = () => {
        wake = null
        cancel()
        resolve(true)
      }
    })
  }

  const send = (bytes: Uint8Array) => {
    log.sent(bytes)
    pipe.write(bytes)
  }

  return {
    clock,
    get receivedBytes() {
      return received
    },
    get end() {
      return end
    },
    send,
    async sendSplit(bytes, split, pauseMs = 0) {
      for (const [start, stop] of pieces(bytes.length, split)) {
        if (end?.kind === 'reset') return
        send(bytes.subarray(start, stop))
        await pipe.drained()
        if (pauseMs > 0 && stop < bytes.length) await sleep(clock, pauseMs)
      }
    },
    drained: withinMs =>
      new Promise(resolve => {
        const cancel = clock.after(withinMs, () => resolve(false))
        void pipe.drained().then(() => {
          cancel()
          resolve(true)
        })
      }),
    async read(withinMs) {
      // A deadline that has passed ends even the reading of a flood.
      if (withinMs < 0) return { kind: 'silence', ms: withinMs }
      if (queue.length === 0 && end === null) await wait(withinMs)
      const bytes = queue.shift()
      if (bytes === undefined) return end ?? { kind: 'silence', ms: withinMs }
      held -= bytes.length
      if (held <= MAX_HELD_BYTES && !stopped) pipe.resume()
      return { kind: 'bytes', bytes }
    },
    unread(bytes) {
      if (bytes.length === 0) return
      held += bytes.length
      queue.unshift(bytes)
    },
    finish() {
      log.note('FIN sent')
      pipe.end()
    },
    reset() {
      log.note('RST sent')
      pipe.reset()
    },
    destroy: () => pipe.destroy(),
    stopReading() {
      stopped = true
      pipe.pause()
    },
    resumeReading() {
      stopped = false
      pipe.resume()
    },
    note: text => log.note(text),
  }
}

function* pieces(length: number, split: number | readonly number[]): Generator<[number, number]> {
  const cuts = typeof split === 'number' ? null : [...split.map(at => (at < 0 ? length + at : at)), length]
  let start = 0
  for (let index = 0; start < length; index += 1) {
    const stop = Math.min(length, cuts === null ? start + (split as number) : cuts[index]!)
    if (stop > start) yield [start, stop]
    start = Math.max(start, stop)
  }
}

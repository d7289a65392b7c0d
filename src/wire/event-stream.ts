import type { ResponseHead } from '../protocol/http1/head.ts'
import type { SseEvent } from '../protocol/sse/events.ts'
import { SseParser, type SseSink } from '../protocol/sse/parser.ts'
import type { SseStreamFacts } from '../protocol/sse/stream-facts.ts'
import { SseStreamObserver } from '../protocol/sse/stream-observer.ts'
import type { BodyPiece, BodyStream } from './http-answer.ts'
import type { Peer } from './peer.ts'

export type StreamRead =
  | { kind: 'event'; event: SseEvent; atMs: number }
  | { kind: 'comment'; text: string; atMs: number }
  | { kind: 'end'; complete: boolean; violation: string | null }
  | { kind: 'silence'; ms: number }

/** An event stream that is being received: as a client sees it, and as it is. */
export interface EventStream {
  readonly head: ResponseHead
  readonly peer: Peer
  /** The body in the pieces in which it arrived, the first 4 MiB. */
  readonly pieces: readonly BodyPiece[]
  readonly events: readonly { event: SseEvent; atMs: number }[]
  readonly ended: boolean
  /** The next event or comment, or that none came. */
  next(withinMs: number): Promise<StreamRead>
  /** The next event, passing over comments. */
  event(withinMs: number): Promise<StreamRead>
  /** Reads on for that long or to the end. */
  readFor(ms: number, untilEvents?: number): Promise<void>
  facts(): SseStreamFacts
  destroy(): void
}

const MAX_KEPT_BYTES = 4 * 1024 * 1024
const MAX_KEPT_EVENTS = 10_000

export function createEventStream(peer: Peer, head: ResponseHead, body: BodyStream): EventStream {
  const { clock } = peer
  const parser = new SseParser()
  const observer = new SseStreamObserver()
  const ready: StreamRead[] = []
  const pieces: BodyPiece[] = []
  const events: { event: SseEvent; atMs: number }[] = []
  let keptBytes = 0
  let ended = false
  const sink: SseSink<number> = {
    event(atMs, buffer, start, end) {
      const data = buffer.toString('utf8', start, end)
      const event = { type: parser.eventType, data, lastEventId: parser.lastEventId }
      if (events.length < MAX_KEPT_EVENTS) events.push({ event, atMs })
      ready.push({ kind: 'event', event, atMs })
    },
    comment: (atMs, buffer, start, end) =>
      ready.push({ kind: 'comment', text: buffer.toString('utf8', start, end), atMs }),
    retry: () => {},
    oversized: () => {},
  }

  async function next(withinMs: number): Promise<StreamRead> {
    const deadline = clock.now() + withinMs
    for (let left = withinMs; ; left = deadline - clock.now()) {
      const first = ready.shift()
      if (first !== undefined) return first
      const read = await body.next(left)
      if (read.kind === 'silence') return { kind: 'silence', ms: withinMs }
      if (read.kind === 'end') {
        if (!ended) observer.streamEnd()
        ended = true
        return { kind: 'end', complete: read.complete, violation: read.violation }
      }
      const { bytes, atMs } = read.piece
      if (keptBytes < MAX_KEPT_BYTES) pieces.push(read.piece)
      keptBytes += bytes.length
      observer.push(bytes, 0, bytes.length)
      observer.pieceEnd()
      parser.push(bytes, 0, bytes.length, sink, atMs)
    }
  }

  return {
    head,
    peer,
    pieces,
    events,
    get ended() {
      return ended
    },
    next,
    async event(withinMs) {
      const deadline = clock.now() + withinMs
      for (let left = withinMs; ; left = deadline - clock.now()) {
        const read = await next(left)
        if (read.kind !== 'comment') return read.kind === 'silence' ? { ...read, ms: withinMs } : read
      }
    },
    async readFor(ms, untilEvents = Infinity) {
      const deadline = clock.now() + ms
      while (events.length < untilEvents) {
        const read = await next(deadline - clock.now())
        if (read.kind === 'silence' || read.kind === 'end') return
      }
    },
    facts: () => observer.facts(),
    destroy: () => peer.destroy(),
  }
}

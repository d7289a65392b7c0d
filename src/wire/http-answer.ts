import { BodyReader, type BodySink } from '../protocol/http1/body.ts'
import { responseBodyFraming } from '../protocol/http1/body-framing.ts'
import type { ResponseHead } from '../protocol/http1/head.ts'
import { responseHeadReader } from '../protocol/http1/head-reader.ts'
import type { PipeEnd } from './byte-pipe.ts'
import type { Peer } from './peer.ts'

/** What came back on a request, as far as its head. */
export type Answer =
  | { kind: 'head'; head: ResponseHead; ms: number }
  | { kind: 'malformed'; reason: string; bytes: Buffer }
  | { kind: 'ended'; end: PipeEnd; bytes: Buffer }
  | { kind: 'silence'; ms: number; bytes: Buffer }

const MAX_KEPT_BYTES = 2048

/** Reads one response head; what follows it stays unread. Interim responses other than 101 are passed over. */
export async function readAnswer(peer: Peer, withinMs: number): Promise<Answer> {
  const start = peer.clock.now()
  const reader = responseHeadReader({ keepLines: true })
  let seen = Buffer.alloc(0)
  for (;;) {
    const read = await peer.read(withinMs - (peer.clock.now() - start))
    if (read.kind === 'silence') return { kind: 'silence', ms: withinMs, bytes: seen }
    if (read.kind !== 'bytes') return { kind: 'ended', end: read, bytes: seen }
    let at = 0
    while (at < read.bytes.length) {
      const result = reader.push(read.bytes, at, read.bytes.length)
      if (result.kind === 'more') break
      if (result.kind === 'malformed')
        return { kind: 'malformed', reason: result.reason, bytes: keep(seen, read.bytes) }
      at = result.end
      if (result.head.status < 200 && result.head.status !== 101) continue
      peer.unread(read.bytes.subarray(at))
      return { kind: 'head', head: result.head, ms: peer.clock.now() - start }
    }
    seen = keep(seen, read.bytes)
  }
}

function keep(seen: Buffer, bytes: Buffer): Buffer<ArrayBuffer> {
  return Buffer.concat([seen, bytes.subarray(0, Math.max(0, MAX_KEPT_BYTES - seen.length))])
}

/** Some octets of a body, as they arrived together. */
export interface BodyPiece {
  bytes: Buffer
  atMs: number
}

export type BodyRead =
  | { kind: 'piece'; piece: BodyPiece }
  | { kind: 'end'; complete: boolean; violation: string | null; end: PipeEnd | null }
  | { kind: 'silence'; ms: number }

/** The body that follows a head, decoded from its transfer coding. */
export interface BodyStream {
  next(withinMs: number): Promise<BodyRead>
  /** Everything up to the end, the limit or the deadline; `whole` says that the body ended as announced. */
  all(withinMs: number, maxBytes?: number): Promise<{ bytes: Buffer; whole: boolean; violation: string | null }>
}

export function bodyStream(peer: Peer, head: ResponseHead, method: string): BodyStream {
  const reader = new BodyReader()
  const ready: BodyRead[] = []
  let ended: (BodyRead & { kind: 'end' }) | null = null
  const sink: BodySink<number> = {
    bodyData(atMs, buffer, start, end) {
      ready.push({ kind: 'piece', piece: { bytes: Buffer.from(buffer.subarray(start, end)), atMs } })
    },
    bodyEnd(_atMs, _offset, complete) {
      ended = { kind: 'end', complete, violation: reader.violation ?? null, end: peer.end }
      ready.push(ended)
    },
  }
  reader.start(responseBodyFraming(head, method))
  reader.push(Buffer.alloc(0), 0, 0, sink, peer.clock.now())

  async function next(withinMs: number): Promise<BodyRead> {
    const deadline = peer.clock.now() + withinMs
    for (let left = withinMs; ; left = deadline - peer.clock.now()) {
      const first = ready.shift()
      if (first !== undefined) return first
      if (ended !== null) return ended
      const read = await peer.read(left)
      if (read.kind === 'silence') return { kind: 'silence', ms: withinMs }
      if (read.kind === 'bytes') {
        const stop = reader.push(read.bytes, 0, read.bytes.length, sink, peer.clock.now())
        if (ended !== null) peer.unread(read.bytes.subarray(stop))
      } else reader.close(sink, peer.clock.now())
    }
  }

  return {
    next,
    async all(withinMs, maxBytes = 1024 * 1024) {
      const deadline = peer.clock.now() + withinMs
      const pieces: Buffer[] = []
      let bytes = 0
      while (bytes <= maxBytes) {
        const read = await next(deadline - peer.clock.now())
        if (read.kind !== 'piece') {
          const whole = read.kind === 'end' && read.complete
          return { bytes: Buffer.concat(pieces), whole, violation: read.kind === 'end' ? read.violation : null }
        }
        pieces.push(read.piece.bytes)
        bytes += read.piece.bytes.length
      }
      return { bytes: Buffer.concat(pieces), whole: false, violation: `longer than ${maxBytes} bytes` }
    },
  }
}

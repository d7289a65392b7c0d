import { encodeVerbatimHead } from '../../../protocol/http1/request.ts'
import { formatSseEvent } from '../../../protocol/sse/format.ts'
import { now } from '../../../world/clock.ts'
import { seededRandom } from '../../../world/random.ts'
import type { OriginExchange } from './exchange.ts'

/** When a stream says what, in ms from its head. */
export interface EmissionPlan {
  atMs: readonly number[]
  /** Of each event as SSE text. */
  bytes: number
  endMs: number
}

/** What the origin did, by its own clock. */
export interface Emission {
  requestedAtMs: number
  headAtMs: number
  /** By sequence number. */
  emittedAtMs: number[]
  endedAtMs: number | null
}

// Letters that no compressor makes much smaller: a compressor shall get full buffers too.
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Lets the head go where it waits for the first octet of the body. */
export const OPENING_COMMENT = Buffer.from(': open\n\n')

const made = new Map<string, Buffer>()

/** One event that begins with its sequence number and is `bytes` long; each is made once, as many streams send it. */
export function numberedEvent(sequence: number, bytes: number): Buffer {
  const key = `${sequence}/${bytes}`
  let event = made.get(key)
  if (event === undefined) made.set(key, (event = makeEvent(sequence, bytes)))
  return event
}

function makeEvent(sequence: number, bytes: number): Buffer {
  const random = seededRandom(1 + sequence)
  const bare = formatSseEvent({ data: `${sequence} ` }).length
  let filler = ''
  while (filler.length < bytes - bare) filler += LETTERS[Math.floor(random() * LETTERS.length)]!
  return Buffer.from(formatSseEvent({ data: `${sequence} ${filler}` }))
}

/** The sequence number in an event's data; null: not one of ours. */
export function sequenceOf(data: string): number | null {
  const digits = /^(\d{1,6}) /.exec(data)?.[1]
  return digits === undefined ? null : Number(digits)
}

/** Chunked where the request allows it (HTTP/1.1), else a body that the close ends. */
export function streamHead(
  exchange: OriginExchange,
  headers: readonly (readonly [string, string])[],
): { bytes: Buffer; wrap: (body: Buffer) => Buffer; last: Buffer } {
  const isChunked = exchange.head.version >= '1.1'
  const lines = ['HTTP/1.1 200 OK', 'Content-Type: text/event-stream', ...headers.map(([k, v]) => `${k}: ${v}`)]
  lines.push(isChunked ? 'Transfer-Encoding: chunked' : 'Connection: close')
  const wrap = (body: Buffer) =>
    isChunked ? Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n')]) : body
  return { bytes: encodeVerbatimHead(lines), wrap, last: Buffer.from(isChunked ? '0\r\n\r\n' : '') }
}

/** Emits on an absolute schedule and stamps what it does; a late tick does not shift those after it. */
export function emitEvents(
  exchange: OriginExchange,
  plan: EmissionPlan,
  headers: readonly (readonly [string, string])[],
  { comment = false } = {},
): Emission {
  const head = streamHead(exchange, headers)
  exchange.write(comment ? Buffer.concat([head.bytes, head.wrap(OPENING_COMMENT)]) : head.bytes)
  const emission: Emission = { requestedAtMs: exchange.atMs, headAtMs: now(), emittedAtMs: [], endedAtMs: null }
  let timer: NodeJS.Timeout | undefined
  exchange.onEnd(() => clearTimeout(timer))

  const step = () => {
    const sequence = emission.emittedAtMs.length
    const due = plan.atMs[sequence]
    const waitMs = emission.headAtMs + (due ?? plan.endMs) - now()
    if (waitMs > 0.5) {
      timer = setTimeout(step, waitMs)
      return
    }
    if (due === undefined) {
      emission.endedAtMs = now()
      if (head.last.length > 0) exchange.write(head.last)
      else exchange.finish()
      exchange.complete()
      return
    }
    exchange.write(head.wrap(numberedEvent(sequence, plan.bytes)))
    emission.emittedAtMs.push(now())
    step()
  }
  step()
  return emission
}

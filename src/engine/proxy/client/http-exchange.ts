import { BodyReader, type BodySink } from '../../../protocol/http1/body.ts'
import { responseBodyFraming } from '../../../protocol/http1/body-framing.ts'
import type { ResponseHead } from '../../../protocol/http1/head.ts'
import { responseHeadReader } from '../../../protocol/http1/head-reader.ts'
import type { BytePipe, PipeEnd } from '../../../wire/byte-pipe.ts'
import { now } from '../../../world/clock.ts'
import type { ProbeTarget } from './probe-target.ts'

export interface BodyArrivalBytes {
  atMs: number
  bytes: Buffer
}

/** What came back on one request so far; it grows until `end` is set. */
export interface HttpExchange {
  readonly pipe: BytePipe
  requestedAtMs: number
  headAtMs: number | null
  head: ResponseHead | null
  arrivals: BodyArrivalBytes[]
  chunkBytes: number[]
  bodyBytes: number
  /** The body ended by its own framing. */
  bodyEndedAtMs: number | null
  bodyComplete: boolean
  malformed: string | null
  end: { atMs: number; how: PipeEnd } | null
  /** Resolves at the end of the body or of the connection, or when `ms` are over. */
  finished(ms: number): Promise<void>
  headArrived(ms: number): Promise<boolean>
}

export type Opened<T> = { ok: true; value: T } | { ok: false; reason: string }

const MAX_KEPT_BYTES = 4 * 1024 * 1024
const MAX_CHUNKS = 100_000

/** Sends one request on a connection of its own and takes down what comes, each read with its time. */
export async function openHttpExchange(
  target: ProbeTarget,
  request: Buffer,
  method: string,
  tunnel: ((bytes: Buffer) => void) | null = null,
): Promise<Opened<HttpExchange>> {
  const dialled = await target.dial()
  if (!dialled.ok) return { ok: false, reason: dialled.reason }
  const { pipe } = dialled
  const heads = responseHeadReader({ keepLines: true })
  const body = new BodyReader()
  const waiting = new Set<() => void>()
  const exchange: HttpExchange = {
    pipe,
    requestedAtMs: now(),
    headAtMs: null,
    head: null,
    arrivals: [],
    chunkBytes: [],
    bodyBytes: 0,
    bodyEndedAtMs: null,
    bodyComplete: false,
    malformed: null,
    end: null,
    finished: ms => until(() => exchange.end !== null || exchange.bodyEndedAtMs !== null, ms).then(() => {}),
    headArrived: ms =>
      until(() => exchange.head !== null || exchange.end !== null, ms).then(() => exchange.head !== null),
  }
  const sink: BodySink<number> = {
    bodyData(atMs, buffer, start, end) {
      exchange.bodyBytes += end - start
      if (exchange.bodyBytes > MAX_KEPT_BYTES) return
      exchange.arrivals.push({ atMs, bytes: Buffer.from(buffer.subarray(start, end)) })
    },
    bodyEnd(atMs, _offset, complete) {
      exchange.bodyEndedAtMs = atMs
      exchange.bodyComplete = complete
    },
    chunk(_, size) {
      if (exchange.chunkBytes.length < MAX_CHUNKS) exchange.chunkBytes.push(size)
    },
  }

  function until(reached: () => boolean, ms: number): Promise<boolean> {
    if (reached()) return Promise.resolve(true)
    return new Promise(resolve => {
      const check = () => {
        if (!reached()) return
        clearTimeout(timer)
        waiting.delete(check)
        resolve(true)
      }
      const timer = setTimeout(() => {
        waiting.delete(check)
        resolve(false)
      }, ms)
      waiting.add(check)
    })
  }

  function take(bytes: Buffer): void {
    const atMs = now()
    let at = 0
    while (exchange.head === null) {
      const result = heads.push(bytes, at, bytes.length)
      if (result.kind === 'more') return
      if (result.kind === 'malformed') {
        exchange.malformed = result.reason
        pipe.destroy()
        return
      }
      at = result.end
      if (result.head.status < 200 && result.head.status !== 101) continue
      exchange.head = result.head
      exchange.headAtMs = atMs
      if (result.head.status !== 101) body.start(responseBodyFraming(result.head, method))
    }
    if (exchange.head.status === 101) {
      if (tunnel !== null && at < bytes.length) tunnel(bytes.subarray(at))
    } else body.push(bytes, at, bytes.length, sink, atMs)
  }

  pipe.listen({
    bytes(bytes) {
      take(bytes)
      for (const check of waiting) check()
    },
    over(how) {
      const atMs = now()
      exchange.end = { atMs, how }
      if (exchange.head !== null && exchange.head.status !== 101) body.close(sink, atMs)
      for (const check of waiting) check()
    },
  })
  pipe.write(request)
  return { ok: true, value: exchange }
}

import type { HeaderLine } from '../../../config/run-config.ts'
import { BodyReader } from '../../../protocol/http1/body.ts'
import { responseBodyFraming } from '../../../protocol/http1/body-framing.ts'
import { responseHeadReader } from '../../../protocol/http1/head-reader.ts'
import { encodeRequestHead } from '../../../protocol/http1/request.ts'
import type { SocketPipe } from '../../../wire/socket-pipe.ts'
import { now } from '../../../world/clock.ts'
import { type ProbeTarget, withOwnHeaders } from './probe-target.ts'
import { keepRecord, type ResponseRecord } from './response-record.ts'

/** A request over HTTP/1.1 on a connection of its own. */
export interface HttpExchange extends ResponseRecord {
  readonly pipe: SocketPipe
  close(): void
}

export type Opened<T> = { ok: true; value: T } | { ok: false; reason: string }

/** A request without a body; the user's headers go with it. */
export interface Ask {
  method?: string
  path: string
  headers: readonly HeaderLine[]
  /** How much of the body is kept. */
  keptBytes?: number
}

export function ask(
  target: ProbeTarget,
  { method = 'GET', path, headers, keptBytes }: Ask,
): Promise<Opened<HttpExchange>> {
  const request = encodeRequestHead({ method, target: path, headers: withOwnHeaders(target, headers) })
  return openHttpExchange(target, request, method, null, keptBytes)
}

/** Sends one request on a connection of its own and takes down what comes, each read with its time. */
export async function openHttpExchange(
  target: ProbeTarget,
  request: Buffer,
  method: string,
  tunnel: ((bytes: Buffer) => void) | null = null,
  keptBytes?: number,
): Promise<Opened<HttpExchange>> {
  const dialled = await target.dial()
  if (!dialled.ok) return { ok: false, reason: dialled.reason }
  const { pipe } = dialled
  const heads = responseHeadReader({ keepLines: true })
  const body = new BodyReader()
  const { record, sink, changed } = keepRecord(keptBytes)
  const exchange = Object.assign(record, { pipe, close: () => pipe.destroy() })

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
      changed()
    },
    over(how) {
      const atMs = now()
      exchange.end = { atMs, how }
      if (exchange.head !== null && exchange.head.status !== 101) body.close(sink, atMs)
      changed()
    },
  })
  pipe.write(request)
  return { ok: true, value: exchange }
}

import { constants } from 'node:http2'
import { now } from '../../../world/clock.ts'
import type { Ask, Opened } from './http-exchange.ts'
import { type ProbeTarget, withOwnHeaders } from './probe-target.ts'
import { keepRecord, type ResponseRecord } from './response-record.ts'

/** Fields of a connection have no place in HTTP/2 (RFC 9113 §8.2.2); Host is `:authority` there. */
const NOT_IN_HTTP2 = new Set(['host', 'connection', 'upgrade', 'keep-alive', 'transfer-encoding'])

/**
 * Sends one request over HTTP/2 on a connection of its own: on a shared one the streams of others would push its events
 * on.
 */
export async function askHttp2(
  target: ProbeTarget,
  { method = 'GET', path, headers }: Ask,
): Promise<Opened<ResponseRecord & { close(): void }>> {
  const dialled = await target.dialHttp2()
  if (!dialled.ok) return dialled
  const { session } = dialled
  const { record, sink, changed } = keepRecord()
  const over = (code: string | null) => {
    record.end ??= { atMs: now(), how: code === null ? { kind: 'fin' } : { kind: 'reset', code } }
    changed()
  }
  session.on('error', (error: NodeJS.ErrnoException) => over(error.code ?? 'EUNKNOWN'))
  session.on('close', () => over(null))
  const fields: Record<string, string> = {}
  for (const [name, value] of withOwnHeaders(target, headers))
    if (!NOT_IN_HTTP2.has(name.toLowerCase())) fields[name.toLowerCase()] = value
  const { HTTP2_HEADER_AUTHORITY, HTTP2_HEADER_METHOD, HTTP2_HEADER_PATH, HTTP2_HEADER_SCHEME } = constants
  const stream = session.request(
    {
      ...fields,
      [HTTP2_HEADER_METHOD]: method,
      [HTTP2_HEADER_PATH]: path,
      [HTTP2_HEADER_AUTHORITY]: target.host,
      [HTTP2_HEADER_SCHEME]: 'https',
    },
    { endStream: true },
  )
  stream.on('response', headers => {
    record.headAtMs = now()
    const lines = Object.entries(headers).flatMap(([name, value]) =>
      name.startsWith(':') ? [] : [value].flat().map(one => [name, String(one)] as [string, string]),
    )
    record.head = { status: Number(headers[':status']), headers: lines }
    changed()
  })
  stream.on('data', (bytes: Buffer) => {
    sink.bodyData(now(), bytes, 0, bytes.length)
    changed()
  })
  stream.on('end', () => {
    sink.bodyEnd(now(), 0, stream.rstCode === constants.NGHTTP2_NO_ERROR)
    changed()
  })
  stream.on('error', (error: Error) => {
    record.malformed ??= error.message
    over('ECONNRESET')
  })
  return { ok: true, value: Object.assign(record, { close: () => session.destroy() }) }
}

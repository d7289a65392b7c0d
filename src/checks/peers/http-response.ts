import type { RequestHead } from '../../protocol/http1/head.ts'
import { requestHeadReader } from '../../protocol/http1/head-reader.ts'
import type { Peer } from '../../wire/peer.ts'

/** A response as a scripted server writes it: the headers as given, nothing added. */
export interface HttpResponse {
  status: number
  reason?: string
  version?: string
  headers: [name: string, value: string][]
  body?: string | Uint8Array
}

/** A request head, or that what came was none. */
export type RequestRead =
  { kind: 'request'; head: RequestHead } | { kind: 'malformed'; reason: string } | { kind: 'ended' }

const PATIENCE_MS = 600_000

/** The next request head on a connection; octets after it stay unread. */
export async function readRequest(connection: Peer, withinMs = PATIENCE_MS): Promise<RequestRead> {
  const reader = requestHeadReader({ keepLines: true, maxBytes: 256 * 1024, maxHeaders: 5000 })
  for (;;) {
    const read = await connection.read(withinMs)
    if (read.kind !== 'bytes') return { kind: 'ended' }
    const result = reader.push(read.bytes, 0, read.bytes.length)
    if (result.kind === 'malformed') return { kind: 'malformed', reason: result.reason }
    if (result.kind === 'more') continue
    connection.unread(read.bytes.subarray(result.end))
    return { kind: 'request', head: result.head }
  }
}

export function encodeResponse({
  status,
  reason = 'Status',
  version = '1.1',
  headers,
  body = '',
}: HttpResponse): Buffer {
  const lines = [`HTTP/${version} ${status} ${reason}`, ...headers.map(([name, value]) => `${name}: ${value}`), '', '']
  return Buffer.concat([Buffer.from(lines.join('\r\n'), 'latin1'), Buffer.from(body as string)])
}

/** A refusal as a well-behaved server writes it. */
export function refusal(status: number, text: string, headers: [string, string][] = []): HttpResponse {
  const own: [string, string][] = [
    ['Content-Type', 'text/plain'],
    ['Content-Length', String(Buffer.byteLength(text))],
    ['Connection', 'close'],
  ]
  return { status, headers: [...own, ...headers], body: text }
}

/** The response without its headers of that name, and with the lines given in their place. */
export function withHeader(response: HttpResponse, name: string, ...values: string[]): HttpResponse {
  const others = response.headers.filter(([other]) => other.toLowerCase() !== name.toLowerCase())
  return { ...response, headers: [...others, ...values.map((value): [string, string] => [name, value])] }
}

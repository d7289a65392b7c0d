import { isDeepStrictEqual } from 'node:util'
import { type EventStreamDeviations, eventStreamServer } from '../../../src/checks/peers/event-stream-server.ts'
import { type HttpResponse, withHeader } from '../../../src/checks/peers/http-response.ts'
import { type LongPollDeviations, longPollServer } from '../../../src/checks/peers/long-poll-server.ts'
import type { ScriptedServer } from '../../../src/checks/peers/scripted-server.ts'
import { type WebSocketDeviations, webSocketServer } from '../../../src/checks/peers/websocket-server.ts'
import { header, type RequestHead } from '../../../src/protocol/http1/head.ts'
import { OPCODE } from '../../../src/protocol/websocket/opcode.ts'
import type { Transport } from '../../../src/config/run-config.ts'

/** A conforming server but for one defect, and the checks that must say so: no other may. */
export interface Defect {
  name: string
  transport: Transport
  server: ScriptedServer
  caughtBy: string[]
}

const ws = (name: string, deviations: WebSocketDeviations, ...caughtBy: string[]): Defect => ({
  name,
  transport: 'ws',
  server: webSocketServer(deviations),
  caughtBy,
})
const sse = (name: string, deviations: EventStreamDeviations, ...caughtBy: string[]): Defect => ({
  name,
  transport: 'sse',
  server: eventStreamServer(deviations),
  caughtBy,
})
const poll = (name: string, deviations: LongPollDeviations, ...caughtBy: string[]): Defect => ({
  name,
  transport: 'poll',
  server: longPollServer(deviations),
  caughtBy,
})

const opened = (change: (usual: HttpResponse, request: RequestHead) => HttpResponse) => ({
  respond: (usual: HttpResponse, request: RequestHead) => (usual.status === 101 ? change(usual, request) : usual),
})

const isUtf8 = (bytes: Buffer) => isDeepStrictEqual(Buffer.from(bytes.toString('utf8')), bytes)

/** Last message first, the cursor as it was. */
function reversed(body: string): string {
  const { last, messages } = JSON.parse(body) as { last: number; messages: unknown[] }
  return JSON.stringify({ last, messages: messages.toReversed() })
}

export const defects: readonly Defect[] = [
  ws(
    'a wrong accept',
    opened(usual => withHeader(usual, 'Sec-WebSocket-Accept', 'c29tZXRoaW5nIGVsc2UhIQ==')),
    'ws.handshake.accept',
    'ws.handshake.key-white-space',
  ),
  ws('upgrades HTTP/1.0', { accepts: ['http-version'] }, 'ws.handshake.http-1-0'),
  ws(
    'chooses a subprotocol that nobody offered',
    opened((usual, request) =>
      header(request, 'sec-websocket-protocol') === undefined
        ? withHeader(usual, 'Sec-WebSocket-Protocol', 'rtbench')
        : usual,
    ),
    'ws.handshake.subprotocol-unasked',
  ),
  ws('masks its frames', { outgoing: frame => ({ ...frame, mask: Buffer.from('mask') }) }, 'ws.frame.server-unmasked'),
  ws(
    'writes 126 bytes with a length of 64 bits',
    { outgoing: frame => ({ ...frame, ...(frame.payload?.length === 126 && { lengthForm: 64 as const }) }) },
    'ws.frame.server-minimal-length',
  ),
  ws(
    'takes frames without a mask',
    { tolerates: ['unmasked'] },
    'ws.frame.unmasked-continuation',
    'ws.frame.unmasked-control',
    'ws.frame.unmasked-data',
  ),
  ws('takes fragmented control frames', { tolerates: ['control-fragmented'] }, 'ws.frame.control-fragmented'),
  ws('accepts close 1006', { tolerates: ['close-code'] }, 'ws.close.invalid-code'),
  ws('leaves the connection open after the Closes', { ending: () => {} }, 'ws.close.tcp-end'),
  ws(
    'a pong with another payload',
    { pong: payload => (payload.length === 125 ? payload.subarray(1) : payload) },
    'ws.ping.payload',
  ),
  ws(
    'checks UTF-8 in whole messages only, not over fragments',
    {
      deflate: false,
      tolerates: ['utf8'],
      frame(frame, side) {
        if (frame.opcode !== OPCODE.text || !frame.fin || isUtf8(frame.payload)) return false
        side.close(1007)
        side.connection.finish()
        return true
      },
    },
    'ws.utf8.invalid-fragments',
  ),
  sse(
    'the wrong content type',
    { respond: usual => withHeader(usual, 'Content-Type', 'text/plain') },
    'sse.headers.content-type',
  ),
  sse(
    'another charset',
    { respond: usual => withHeader(usual, 'Content-Type', 'text/event-stream; charset=iso-8859-1') },
    'sse.headers.charset',
  ),
  sse('retry: 3s', { opened: side => side.write('retry: 3s\n\n') }, 'sse.format.retry'),
  sse(
    'a newline in data ends the line',
    { event: ({ id, data }) => `id: ${id}\ndata: ${data}\n\n` },
    'sse.format.line-break-injection',
    'sse.format.multiline',
  ),
  sse(
    'resume skips one',
    { missed: (all, lastEventId) => all.filter(({ id }) => id > Number(lastEventId) + 1) },
    'sse.resume.no-loss',
  ),
  poll('a busy poll', { holdMs: 0 }, 'poll.hold'),
  poll(
    'loses messages between polls',
    { news: (all, since) => all.filter(({ id }) => id > since).slice(-1) },
    'poll.no-loss',
  ),
  poll(
    'messages in reverse',
    {
      respond: usual =>
        typeof usual.body === 'string' && usual.body.startsWith('{') ? { ...usual, body: reversed(usual.body) } : usual,
    },
    'poll.order',
  ),
  poll(
    'answers that a cache may keep',
    { respond: usual => withHeader(usual, 'Cache-Control', 'public, max-age=60') },
    'poll.cache-control',
  ),
  poll(
    'breaks on a cursor that it does not know',
    { respond: usual => (usual.status === 400 ? { ...usual, status: 500 } : usual) },
    'poll.stale-cursor',
  ),
]

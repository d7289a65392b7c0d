import type { WebSocketCheck } from '../../check.ts'
import { rfc9112 } from '../../documents.ts'
import { refusesWith400 } from '../../handshake-family.ts'
import { lines, type HandshakeCase } from '../../handshake-outcome.ts'

const cases: HandshakeCase[] = [
  { name: 'two lines', change: lines('host', 'Host: rtbench.invalid', 'Host: rtbench.invalid') },
]

export default {
  title: 'A handshake with two Hosts is refused',
  level: 'must',
  spec: rfc9112(
    '3.2',
    'A server MUST respond with a 400 (Bad Request) status code to any HTTP/1.1 request message that lacks a Host header field and to any request message that contains more than one Host header field line or a Host header field with an invalid field value.',
  ),
  why: 'Proxy and server that take different ones of two hosts route the same request to different places.',
  fix: 'Answer 400 to a request with more than one Host line.',
  covers: [{ row: 'ws.hs.host-dup' }],
  ...refusesWith400(cases, 'host'),
} satisfies WebSocketCheck

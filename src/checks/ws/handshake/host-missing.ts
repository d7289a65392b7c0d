import type { WebSocketCheck } from '../../check.ts'
import { rfc9112 } from '../../documents.ts'
import { refusesWith400 } from '../../handshake-family.ts'
import { lines, type HandshakeCase } from '../../handshake-outcome.ts'

const cases: HandshakeCase[] = [{ name: 'no header', change: lines('host') }]

export default {
  title: 'A handshake without Host is refused',
  level: 'must',
  spec: rfc9112(
    '3.2',
    'A server MUST respond with a 400 (Bad Request) status code to any HTTP/1.1 request message that lacks a Host header field and to any request message that contains more than one Host header field line or a Host header field with an invalid field value.',
  ),
  why: 'Routing and Origin checks by host name have nothing to go by.',
  fix: 'Answer 400 to an HTTP/1.1 request without Host.',
  covers: [{ row: 'ws.hs.host-missing' }],
  ...refusesWith400(cases, 'host'),
} satisfies WebSocketCheck

import type { WebSocketCheck } from '../../check.ts'
import { rfc9112 } from '../../documents.ts'
import { refusesWith400 } from '../../handshake-family.ts'
import { lines, type HandshakeCase } from '../../handshake-outcome.ts'

const cases: HandshakeCase[] = [
  { name: 'in the key', change: lines('sec-websocket-key', 'Sec-WebSocket-Key : dGhlIHNhbXBsZSBub25jZQ==') },
  { name: 'in an unknown header', change: lines('x-rtbench', 'X-Rtbench : 1') },
]

export default {
  title: 'White space before a colon is refused',
  level: 'must',
  spec: rfc9112(
    '5.1',
    'A server MUST reject, with a response status code of 400 (Bad Request), any received request message that contains whitespace between a header field name and colon.',
  ),
  why: 'Proxies that differ about such a line see different requests: it is a classic of request smuggling.',
  fix: 'Answer 400 where white space stands between a header name and its colon.',
  covers: [{ row: 'ws.hs.ws-colon' }],
  ...refusesWith400(cases, 'head'),
} satisfies WebSocketCheck

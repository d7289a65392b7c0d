import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { refusesWithError } from '../../handshake-family.ts'
import { lines, type HandshakeCase } from '../../handshake-outcome.ts'

const cases: HandshakeCase[] = [
  {
    name: 'two lines',
    change: lines(
      'sec-websocket-key',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      'Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEA==',
    ),
  },
]

export default {
  title: 'Two keys are refused',
  level: 'must',
  spec: rfc6455('11.3.1', 'The |Sec-WebSocket-Key| header field MUST NOT appear more than once in an HTTP request.'),
  why: 'Sides that take different ones of two keys disagree whether the handshake succeeded, which request smuggling needs.',
  fix: 'Answer 400 where Sec-WebSocket-Key stands twice.',
  covers: [{ row: 'ws.hs.key-dup' }],
  ...refusesWithError(cases, 'key'),
} satisfies WebSocketCheck

import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { refusesWithError } from '../../handshake-family.ts'
import { lines, type HandshakeCase } from '../../handshake-outcome.ts'

const cases: HandshakeCase[] = [
  { name: 'a leading zero', change: lines('sec-websocket-version', 'Sec-WebSocket-Version: 013') },
  { name: 'a list', change: lines('sec-websocket-version', 'Sec-WebSocket-Version: 13, 8') },
  { name: 'a word', change: lines('sec-websocket-version', 'Sec-WebSocket-Version: abc') },
  { name: 'empty', change: lines('sec-websocket-version', 'Sec-WebSocket-Version:') },
  {
    name: 'two lines',
    change: lines('sec-websocket-version', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Version: 8'),
  },
]

export default {
  title: 'A malformed version is refused',
  level: 'must',
  spec: rfc6455(
    '11.3.5',
    'However, the |Sec-WebSocket-Version| header field MUST NOT appear more than once in an HTTP request.',
  ),
  why: 'A value that two parsers read differently opens a connection that only one of them thinks is open.',
  fix: 'Compare the whole value with 13; answer 400 or 426 to anything else, also to a second line.',
  covers: [{ row: 'ws.hs.ver-malformed' }],
  ...refusesWithError(cases, 'version', 'version-value'),
} satisfies WebSocketCheck

import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { refusesWithError } from '../../handshake-family.ts'
import { lines, type HandshakeCase } from '../../handshake-outcome.ts'

const cases: HandshakeCase[] = [
  { name: 'no header', change: lines('sec-websocket-key') },
  { name: 'empty', change: lines('sec-websocket-key', 'Sec-WebSocket-Key:') },
]

export default {
  title: 'A handshake without a key is refused',
  level: 'must',
  spec: rfc6455(
    '4.2.1',
    'A |Sec-WebSocket-Key| header field with a base64-encoded (see Section 4 of [RFC4648]) value that, when decoded, is 16 bytes in length.',
  ),
  why: 'The key proves that the request comes from a WebSocket client and not from a form or a script that was tricked into sending it.',
  fix: 'Answer 400 where Sec-WebSocket-Key is missing.',
  covers: [{ row: 'ws.hs.key-missing' }],
  ...refusesWithError(cases, 'key'),
} satisfies WebSocketCheck

import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { refusesWithError } from '../../handshake-family.ts'
import { type HandshakeCase } from '../../handshake-outcome.ts'

const cases: HandshakeCase[] = [
  { name: 'an exclamation mark', change: { key: 'dGhlIHNhbXBsZSBub25!ZQ==' } },
  { name: 'no padding', change: { key: 'dGhlIHNhbXBsZSBub25jZQ' } },
  { name: 'the URL alphabet', change: { key: '-_hlIHNhbXBsZSBub25jZQ==' } },
]

export default {
  title: 'A key that is not base64 is refused',
  level: 'must',
  spec: rfc6455(
    '4.2.1',
    'A |Sec-WebSocket-Key| header field with a base64-encoded (see Section 4 of [RFC4648]) value that, when decoded, is 16 bytes in length.',
  ),
  why: 'The key proves that the request comes from a WebSocket client and not from a form or a script that was tricked into sending it.',
  fix: 'Check the alphabet and the padding of the key, not only its length.',
  covers: [{ row: 'ws.hs.key-alphabet' }],
  ...refusesWithError(cases, 'key'),
} satisfies WebSocketCheck

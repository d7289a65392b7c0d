import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { refusesWithError } from '../../handshake-family.ts'
import { type HandshakeCase } from '../../handshake-outcome.ts'

const cases: HandshakeCase[] = [
  { name: '1 octet', change: { key: 'eA==' } },
  { name: '15 octets', change: { key: Buffer.alloc(15, 7).toString('base64') } },
  { name: '17 octets', change: { key: Buffer.alloc(17, 7).toString('base64') } },
]

export default {
  title: 'A key that is not 16 octets long is refused',
  level: 'must',
  spec: rfc6455(
    '4.2.1',
    'A |Sec-WebSocket-Key| header field with a base64-encoded (see Section 4 of [RFC4648]) value that, when decoded, is 16 bytes in length.',
  ),
  why: 'The key proves that the request comes from a WebSocket client and not from a form or a script that was tricked into sending it.',
  fix: 'Decode the key and answer 400 unless it has 16 octets.',
  covers: [{ row: 'ws.hs.key-length' }],
  ...refusesWithError(cases, 'key'),
} satisfies WebSocketCheck

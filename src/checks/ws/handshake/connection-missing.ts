import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { doesNotOpen } from '../../handshake-family.ts'
import { lines, type HandshakeCase } from '../../handshake-outcome.ts'

const cases: HandshakeCase[] = [
  { name: 'no header', change: lines('connection') },
  { name: 'close', change: lines('connection', 'Connection: close') },
  { name: 'keep-alive', change: lines('connection', 'Connection: keep-alive') },
]

export default {
  title: 'A request whose Connection does not say Upgrade opens no WebSocket',
  level: 'must',
  spec: rfc6455(
    '4.2.1',
    'A |Connection| header field that includes the token "Upgrade", treated as an ASCII case-insensitive value.',
  ),
  why: 'Without the token Upgrade was not meant for this hop: a proxy that does not know it may be in between, and would see frames as requests.',
  fix: 'Look for the token Upgrade in Connection and do not switch protocols without it.',
  covers: [{ row: 'ws.hs.conn-missing' }],
  ...doesNotOpen(cases, 'connection'),
} satisfies WebSocketCheck

import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { doesNotOpen } from '../../handshake-family.ts'
import { lines, type HandshakeCase } from '../../handshake-outcome.ts'

const cases: HandshakeCase[] = [
  { name: 'h2c', change: lines('upgrade', 'Upgrade: h2c') },
  { name: 'a longer word', change: lines('upgrade', 'Upgrade: websocket2') },
]

export default {
  title: 'A request to upgrade to something else opens no WebSocket',
  level: 'must',
  spec: rfc6455(
    '4.2.1',
    'An |Upgrade| header field containing the value "websocket", treated as an ASCII case-insensitive value.',
  ),
  why: 'A client that asked for another protocol will speak that.',
  fix: 'Switch protocols only where Upgrade names websocket.',
  covers: [{ row: 'ws.hs.upg-other' }],
  ...doesNotOpen(cases, 'upgrade'),
} satisfies WebSocketCheck

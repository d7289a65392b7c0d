import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { doesNotOpen } from '../../handshake-family.ts'
import { lines, type HandshakeCase } from '../../handshake-outcome.ts'

const cases: HandshakeCase[] = [{ name: 'no header', change: lines('upgrade') }]

export default {
  title: 'A request without Upgrade opens no WebSocket',
  level: 'must',
  spec: rfc6455(
    '4.2.1',
    'An |Upgrade| header field containing the value "websocket", treated as an ASCII case-insensitive value.',
  ),
  why: 'The frames of a client that asked for no upgrade would be taken for requests by every proxy on the way.',
  fix: 'Switch protocols only where Upgrade names websocket.',
  covers: [{ row: 'ws.hs.upg-missing' }],
  ...doesNotOpen(cases, 'upgrade'),
} satisfies WebSocketCheck

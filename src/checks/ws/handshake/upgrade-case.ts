import { header } from '../../../protocol/http1/head.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { opens } from '../../handshake-family.ts'
import { lines, type HandshakeCase } from '../../handshake-outcome.ts'
import { refusal } from '../../peers/http-response.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'

const cases: HandshakeCase[] = [
  { name: 'WebSocket', change: lines('upgrade', 'Upgrade: WebSocket') },
  { name: 'WEBSOCKET', change: lines('upgrade', 'Upgrade: WEBSOCKET') },
]

export default {
  title: 'Upgrade is read in any case',
  level: 'must',
  spec: rfc6455(
    '4.2.1',
    'An |Upgrade| header field containing the value "websocket", treated as an ASCII case-insensitive value.',
  ),
  why: 'Clients write websocket, WebSocket and WEBSOCKET.',
  fix: 'Compare the value of Upgrade without regard to case.',
  covers: [{ row: 'ws.hs.upg-case' }],
  ...opens(cases, {
    peer: webSocketServer({
      respond: (usual, request) => (header(request, 'upgrade') !== 'websocket' ? refusal(400, 'no') : usual),
    }),
    says: '400',
  }),
} satisfies WebSocketCheck

import { header } from '../../../protocol/http1/head.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { opens } from '../../handshake-family.ts'
import { lines, type HandshakeCase } from '../../handshake-outcome.ts'
import { refusal } from '../../peers/http-response.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'

const cases: HandshakeCase[] = [
  { name: 'after keep-alive', change: lines('connection', 'Connection: keep-alive, Upgrade') },
  { name: 'before keep-alive', change: lines('connection', 'Connection: Upgrade,keep-alive') },
  { name: 'in a second line', change: lines('connection', 'Connection: keep-alive', 'Connection: Upgrade') },
]

export default {
  title: 'Upgrade is found in a list of Connection',
  level: 'must',
  spec: rfc6455(
    '4.2.1',
    'A |Connection| header field that includes the token "Upgrade", treated as an ASCII case-insensitive value.',
  ),
  why: 'Firefox sends keep-alive, Upgrade; so do proxies that add their own tokens.',
  fix: 'Read Connection as a comma-separated list of tokens, over all its lines.',
  covers: [{ row: 'ws.hs.conn-list' }],
  ...opens(cases, {
    peer: webSocketServer({
      respond: (usual, request) => (header(request, 'connection') !== 'Upgrade' ? refusal(400, 'no') : usual),
    }),
    says: '400',
  }),
} satisfies WebSocketCheck

import { header } from '../../../protocol/http1/head.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { opens } from '../../handshake-family.ts'
import { lines, type HandshakeCase } from '../../handshake-outcome.ts'
import { refusal } from '../../peers/http-response.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'

const cases: HandshakeCase[] = [
  { name: 'upgrade', change: lines('connection', 'Connection: upgrade') },
  { name: 'UPGRADE', change: lines('connection', 'Connection: UPGRADE') },
]

export default {
  title: 'The token Upgrade is read in any case',
  level: 'must',
  spec: rfc6455(
    '4.2.1',
    'A |Connection| header field that includes the token "Upgrade", treated as an ASCII case-insensitive value.',
  ),
  why: 'Many clients write it in lower case.',
  fix: 'Compare the tokens of Connection without regard to case.',
  covers: [{ row: 'ws.hs.conn-case' }],
  ...opens(cases, {
    peer: webSocketServer({
      respond: (usual, request) => (header(request, 'connection') !== 'Upgrade' ? refusal(400, 'no') : usual),
    }),
    says: '400',
  }),
} satisfies WebSocketCheck

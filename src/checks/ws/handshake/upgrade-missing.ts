import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { judgeNotOpened, lines, tryHandshakes, type HandshakeCase } from '../../handshake-outcome.ts'
import { hangsUp } from '../../peers/scripted-server.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'

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
  run: server => tryHandshakes(server, cases, judgeNotOpened),
  selfTest: {
    passes: { refuses: webSocketServer() },
    fails: {
      'opens all the same': { peer: webSocketServer({ accepts: ['upgrade'] }), says: '101' },
      'hangs up without a word': { peer: hangsUp, says: 'FIN' },
    },
  },
} satisfies WebSocketCheck

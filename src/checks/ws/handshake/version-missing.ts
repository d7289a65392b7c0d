import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { judgeError, lines, tryHandshakes, type HandshakeCase } from '../../handshake-outcome.ts'
import { hangsUp } from '../../peers/scripted-server.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'

const cases: HandshakeCase[] = [{ name: 'no header', change: lines('sec-websocket-version') }]

export default {
  title: 'A handshake without a version is refused',
  level: 'must',
  spec: rfc6455('4.2.1', 'A |Sec-WebSocket-Version| header field, with a value of 13.'),
  why: 'A client that names no version speaks a draft that frames differently.',
  fix: 'Demand Sec-WebSocket-Version: 13; answer 400 or 426 where it is missing.',
  covers: [{ row: 'ws.hs.ver-missing' }],
  run: server => tryHandshakes(server, cases, judgeError),
  selfTest: {
    passes: { refuses: webSocketServer() },
    warns: {
      'blames itself': webSocketServer({ respond: usual => (usual.status < 400 ? usual : { ...usual, status: 500 }) }),
    },
    fails: {
      'opens all the same': { peer: webSocketServer({ accepts: ['version', 'version-value'] }), says: '101' },
      'hangs up without a word': { peer: hangsUp, says: 'FIN' },
    },
  },
} satisfies WebSocketCheck

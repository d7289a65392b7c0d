import type { WebSocketCheck } from '../../check.ts'
import { rfc9112 } from '../../documents.ts'
import { judgeError, lines, tryHandshakes, type HandshakeCase } from '../../handshake-outcome.ts'
import { hangsUp } from '../../peers/scripted-server.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'

const cases: HandshakeCase[] = [
  { name: 'two lines', change: lines('host', 'Host: rtbench.invalid', 'Host: rtbench.invalid') },
]

export default {
  title: 'A handshake with two Hosts is refused',
  level: 'must',
  spec: rfc9112(
    '3.2',
    'A server MUST respond with a 400 (Bad Request) status code to any HTTP/1.1 request message that lacks a Host header field and to any request message that contains more than one Host header field line or a Host header field with an invalid field value.',
  ),
  why: 'Proxy and server that take different ones of two hosts route the same request to different places.',
  fix: 'Answer 400 to a request with more than one Host line.',
  covers: [{ row: 'ws.hs.host-dup' }],
  run: server => tryHandshakes(server, cases, judgeError),
  selfTest: {
    passes: { refuses: webSocketServer() },
    warns: {
      'blames itself': webSocketServer({ respond: usual => (usual.status < 400 ? usual : { ...usual, status: 500 }) }),
    },
    fails: {
      'opens all the same': { peer: webSocketServer({ accepts: ['host'] }), says: '101' },
      'hangs up without a word': { peer: hangsUp, says: 'FIN' },
    },
  },
} satisfies WebSocketCheck

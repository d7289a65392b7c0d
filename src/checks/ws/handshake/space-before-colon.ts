import type { WebSocketCheck } from '../../check.ts'
import { rfc9112 } from '../../documents.ts'
import { judgeError, lines, tryHandshakes, type HandshakeCase } from '../../handshake-outcome.ts'
import { hangsUp } from '../../peers/scripted-server.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'

const cases: HandshakeCase[] = [
  { name: 'in the key', change: lines('sec-websocket-key', 'Sec-WebSocket-Key : dGhlIHNhbXBsZSBub25jZQ==') },
  { name: 'in an unknown header', change: lines('x-rtbench', 'X-Rtbench : 1') },
]

export default {
  title: 'White space before a colon is refused',
  level: 'must',
  spec: rfc9112(
    '5.1',
    'A server MUST reject, with a response status code of 400 (Bad Request), any received request message that contains whitespace between a header field name and colon.',
  ),
  why: 'Proxies that differ about such a line see different requests: it is a classic of request smuggling.',
  fix: 'Answer 400 where white space stands between a header name and its colon.',
  covers: [{ row: 'ws.hs.ws-colon' }],
  run: server => tryHandshakes(server, cases, judgeError),
  selfTest: {
    passes: { refuses: webSocketServer() },
    warns: {
      'blames itself': webSocketServer({ respond: usual => (usual.status < 400 ? usual : { ...usual, status: 500 }) }),
    },
    fails: {
      'opens all the same': { peer: webSocketServer({ accepts: ['head'] }), says: '101' },
      'hangs up without a word': { peer: hangsUp, says: 'FIN' },
    },
  },
} satisfies WebSocketCheck

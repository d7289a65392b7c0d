import type { WebSocketCheck } from '../../check.ts'
import { rfc9110 } from '../../documents.ts'
import { judgeNotOpened } from '../../handshake-outcome.ts'
import { answers, hangsUp } from '../../peers/scripted-server.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'

export default {
  title: 'An HTTP/1.0 request opens no WebSocket',
  level: 'must',
  spec: rfc9110(
    '7.8',
    'A server that receives an Upgrade header field in an HTTP/1.0 request MUST ignore that Upgrade field.',
  ),
  why: 'HTTP/1.0 knows no Upgrade: a proxy that speaks it does not see that the protocol has changed.',
  fix: 'Ignore Upgrade in HTTP/1.0 requests.',
  covers: [{ row: 'ws.hs.http10' }],
  async run(server) {
    const { answer } = await server.upgrade({ requestLine: `GET ${server.defaults.target} HTTP/1.0` })
    return judgeNotOpened(answer)
  },
  selfTest: {
    passes: { refuses: webSocketServer(), 'serves a page': answers('HTTP/1.0 200 OK\r\n\r\nhi') },
    fails: {
      'opens all the same': { peer: webSocketServer({ accepts: ['http-version'] }), says: '101' },
      'hangs up without a word': hangsUp,
    },
  },
} satisfies WebSocketCheck

import type { WebSocketCheck } from '../../check.ts'
import { rfc9112 } from '../../documents.ts'
import { judgeOpened } from '../../handshake-outcome.ts'
import { refusal } from '../../peers/http-response.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'

export default {
  title: 'The request target may be an absolute URL',
  level: 'must',
  spec: rfc9112(
    '3.2.2',
    'A server MUST accept the absolute-form in requests even though most HTTP/1.1 clients will only send the absolute-form to a proxy.',
  ),
  why: 'Some proxies pass the target on as they got it.',
  fix: 'Take scheme and authority off the target before the path is looked up.',
  covers: [{ row: 'ws.hs.absolute' }],
  async run(server) {
    const { secure, host, target } = server.defaults
    const url = `${secure ? 'https' : 'http'}://${host}${target}`
    return judgeOpened((await server.upgrade({ requestLine: `GET ${url} HTTP/1.1` })).answer)
  },
  selfTest: {
    passes: { 'finds the path in it': webSocketServer() },
    fails: {
      'takes it for a path': {
        peer: webSocketServer({
          respond: (usual, { target }) => (target.startsWith('/') ? usual : refusal(404, 'no such path')),
        }),
        says: '404',
      },
    },
  },
} satisfies WebSocketCheck

import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { judgeOpened } from '../../handshake-outcome.ts'
import { refusal } from '../../peers/http-response.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'

const NAMES = ['sec-websocket-key', 'sec-websocket-version', 'upgrade', 'connection', 'host']

export default {
  title: 'The order of the headers does not matter',
  level: 'must',
  spec: rfc6455('4.2.1', 'note that as per [RFC2616], the order of the header fields is not important'),
  why: 'Each client and proxy has an order of its own.',
  fix: 'Read all headers before the handshake is judged.',
  covers: [{ row: 'ws.hs.order' }],
  async run(server) {
    const { host, key } = server.request()
    const values = [key, '13', 'websocket', 'Upgrade', host]
    // All stand in the place of the first header, in the reverse of the usual order.
    const [first, ...rest] = ['host', 'connection', 'upgrade', 'sec-websocket-version', 'sec-websocket-key']
    const reversed = NAMES.map((name, index) => `${name}: ${values[index]}`)
    const replace = { [first!]: reversed, ...Object.fromEntries(rest.map(name => [name, []])) }
    return judgeOpened((await server.upgrade({ key, replace })).answer)
  },
  selfTest: {
    passes: { 'takes any order': webSocketServer() },
    fails: {
      'wants Host first': {
        peer: webSocketServer({
          respond: (usual, request) => (request.headers[0]![0] === 'Host' ? usual : refusal(400, 'Host first')),
        }),
        says: '400',
      },
    },
  },
} satisfies WebSocketCheck

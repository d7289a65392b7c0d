import type { WebSocketCheck } from '../../check.ts'
import { rfc9110 } from '../../documents.ts'
import { describeHandshake } from '../../handshake-outcome.ts'
import { answers } from '../../peers/scripted-server.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { info } from '../../verdict.ts'

export default {
  title: 'What a plain GET of the endpoint gets',
  level: 'info',
  spec: rfc9110(
    '15.5.22',
    'The 426 (Upgrade Required) status code indicates that the server refuses to perform the request using the current protocol but might be willing to do so after the client upgrades to a different protocol.',
  ),
  why: 'It is what a person sees in a browser, and what health checks of load balancers see.',
  fix: 'Answer 426 with Upgrade: websocket, or serve a page.',
  covers: [{ row: 'ws.hs.no-upgrade' }],
  async run(server) {
    const names = ['connection', 'upgrade', 'sec-websocket-version', 'sec-websocket-key']
    const replace = Object.fromEntries(names.map(name => [name, []]))
    return info(describeHandshake((await server.upgrade({ subprotocols: [], replace })).answer))
  },
  selfTest: {
    infos: {
      'upgrade required': { peer: webSocketServer(), says: '426' },
      'a page': { peer: answers('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi'), says: '200' },
    },
  },
} satisfies WebSocketCheck

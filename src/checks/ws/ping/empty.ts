import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { tryPings } from '../../websocket/pings.ts'

export default {
  title: 'An empty ping is answered with an empty pong',
  level: 'must',
  spec: rfc6455(
    '5.5.2',
    'Upon receipt of a Ping frame, an endpoint MUST send a Pong frame in response, unless it already received a Close frame.',
  ),
  why: 'Clients and proxies take a connection that does not answer for dead and cut it.',
  fix: 'Answer each ping, also while the application is busy; most libraries do it by themselves.',
  covers: [{ row: 'ws.pp.empty', autobahn: ['2.1'], literally: ['2.1'] }],
  run: server => tryPings(server, [{ name: 'empty ping', payload: Buffer.alloc(0) }]),
  selfTest: {
    passes: { 'answers it': webSocketServer() },
    fails: {
      'does not answer': { peer: webSocketServer({ pong: () => null }), says: 'nothing within' },
      'answers with a payload': { peer: webSocketServer({ pong: () => Buffer.from('pong') }), says: '"pong"' },
      closes: webSocketServer({ frame: (_frame, side) => (side.close(1000), true) }),
    },
  },
} satisfies WebSocketCheck

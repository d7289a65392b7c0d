import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import { describeReceived } from '../../../wire/describe-received.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { pings } from '../../peers/pinging-server.ts'
import { sleep } from '../../../world/timer.ts'
import { info } from '../../verdict.ts'

const PATIENCE_MS = 70_000
const PINGS_WANTED = 2

export default {
  title: 'Whether and how often the server pings an idle connection',
  level: 'info',
  spec: rfc6455(
    '5.5.2',
    'NOTE: A Ping frame may serve either as a keepalive or as a means to verify that the remote endpoint is still responsive.',
  ),
  why: 'Proxies cut idle connections after 30 to 100 s, nginx after 60; the server’s pings are what keeps them open.',
  fix: 'Ping every 20 to 30 s.',
  covers: [{ row: 'ws.pp.srv-keepalive' }],
  slow: true,
  async run(server) {
    const socket = await server.connect()
    const { clock } = server
    const startedAt = clock.now()
    const at: number[] = []
    while (at.length < PINGS_WANTED) {
      const received = await socket.next(startedAt + PATIENCE_MS - clock.now(), true)
      if (received.kind === 'silence') break
      if (received.kind === 'ended') {
        return info(`${describeReceived(received)} after ${Math.round(clock.now() - startedAt)} ms, ${at.length} pings`)
      }
      if (received.frame.opcode !== OPCODE.ping) continue
      socket.pong(received.frame.payload)
      at.push(Math.round(clock.now() - startedAt))
    }
    if (at.length === 0) return info(`no ping within ${PATIENCE_MS} ms`)
    if (at.length === 1) return info(`one ping after ${at[0]} ms, no other within ${PATIENCE_MS} ms`)
    return info(`a ping after ${at[0]} ms, the next ${at[1]! - at[0]!} ms later`)
  },
  selfTest: {
    infos: {
      'no pings': { peer: webSocketServer(), says: 'no ping' },
      'every 20 s': { peer: pings(20_000), says: 'after 20000 ms, the next 20000 ms later' },
      'every 50 s': { peer: pings(50_000), says: 'one ping' },
      'cuts it': {
        peer: webSocketServer({
          opened: side => void sleep(side.connection.clock, 5000).then(() => side.connection.finish()),
        }),
        says: 'after 5000 ms, 0 pings',
      },
    },
  },
} satisfies WebSocketCheck

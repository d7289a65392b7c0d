import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import { describeReceived } from '../../../wire/describe-received.ts'
import { sleep } from '../../../world/timer.ts'
import type { WebSocketCheck } from '../../check.ts'
import { practice } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { info } from '../../verdict.ts'

const LONGEST_MS = 70_000

export default {
  title: 'How long a connection that says nothing is kept',
  level: 'info',
  spec: practice('time limits', 'Proxies cut idle connections after 60 s by default; a server may do so earlier.'),
  why: 'A client must send something more often than that.',
  fix: 'Tell clients the limit, or keep the connection alive with pings.',
  covers: [{ row: 'ws.sec.idle' }],
  slow: true,
  async run(server) {
    const socket = await server.connect()
    const start = server.clock.now()
    for (;;) {
      const left = LONGEST_MS - (server.clock.now() - start)
      const received = await socket.next(left)
      if (received.kind === 'silence') return info(`kept for over ${LONGEST_MS / 1000} s`)
      if (received.kind === 'frame' && received.frame.opcode <= OPCODE.binary) continue
      return info(`${describeReceived(received)} after ${Math.round((server.clock.now() - start) / 1000)} s`)
    }
  },
  selfTest: {
    infos: {
      kept: { peer: webSocketServer({ opened: side => side.text('hello') }), says: 'over 70 s' },
      'cut off after 20 s': {
        peer: webSocketServer({
          opened: async ({ connection }) => {
            await sleep(connection.clock, 20_000)
            connection.finish()
          },
        }),
        says: 'after 20 s',
      },
    },
  },
} satisfies WebSocketCheck

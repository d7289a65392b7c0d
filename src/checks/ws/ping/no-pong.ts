import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import { describeReceived } from '../../../wire/describe-received.ts'
import { practice } from '../../documents.ts'
import type { WebSocketCheck } from '../../check.ts'

import { webSocketServer } from '../../peers/websocket-server.ts'
import { pings } from '../../peers/pinging-server.ts'
import { sleep } from '../../../world/timer.ts'
import { pass, skip, warn } from '../../verdict.ts'

const PATIENCE_MS = 150_000

export default {
  title: 'A client that answers no pings is dropped',
  level: 'quality',
  spec: practice('heartbeat', 'A server that pings also cuts those that do not answer.'),
  why: 'Laptops that sleep and phones that leave the network never send a FIN; their connections stay for hours.',
  fix: 'Terminate a connection whose last ping is unanswered when the next one is due.',
  covers: [{ row: 'ws.pp.srv-no-pong' }],
  slow: true,
  limitMs: PATIENCE_MS + 20_000,
  async run(server) {
    const socket = await server.connect()
    const { clock } = server
    const startedAt = clock.now()
    let firstPing: number | null = null
    for (;;) {
      const received = await socket.next(startedAt + PATIENCE_MS - clock.now(), true)
      const ms = Math.round(clock.now() - (firstPing ?? startedAt))
      if (received.kind === 'silence') {
        if (firstPing === null) return skip(`it sends no ping within ${PATIENCE_MS} ms`)
        return warn('the connection ended', `still open ${ms} ms after the first ping`)
      }
      const over = received.kind === 'ended' || received.frame.opcode === OPCODE.close
      if (over) {
        if (firstPing === null) return skip(`it ends the connection before it pings: ${describeReceived(received)}`)
        return pass(`${describeReceived(received)} ${ms} ms after the first ping`)
      }
      if (received.frame.opcode === OPCODE.ping) firstPing ??= clock.now()
    }
  },
  selfTest: {
    passes: {
      'cuts after a second ping': {
        peer: webSocketServer({
          async opened(side) {
            for (let count = 0; count < 2; count += 1) {
              await sleep(side.connection.clock, 30_000)
              side.send({ opcode: OPCODE.ping })
            }
            side.connection.reset()
          },
        }),
        says: '30000 ms after the first ping',
      },
    },
    warns: { 'keeps it': { peer: pings(20_000), says: 'still open' } },
    skips: {
      'never pings': webSocketServer(),
      'ends before it pings': webSocketServer({ opened: side => side.close(1000) }),
    },
  },
} satisfies WebSocketCheck

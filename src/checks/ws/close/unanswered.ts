import { describeEnd } from '../../../wire/describe-received.ts'
import { sleep } from '../../../world/timer.ts'
import type { WebSocketCheck } from '../../check.ts'
import { practice } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { pass, skip, warn } from '../../verdict.ts'
import { textMessage } from '../../websocket/echo.ts'
import { awaitFailure } from '../../websocket-outcome.ts'

const PATIENCE_MS = 90_000

export default {
  title: 'A client that never answers the server’s Close is dropped',
  level: 'quality',
  spec: practice('closing timeout', 'A server waits for the client’s Close and FIN only for so long.'),
  why: 'Clients that vanish or do not want to leave hold their connection for ever.',
  fix: 'Start a timer with the Close frame and destroy the socket when it runs out (30 s is usual).',
  covers: [{ row: 'ws.cl.srv-timeout' }],
  slow: true,
  limitMs: PATIENCE_MS + 60_000,
  async run(server) {
    const socket = await server.connect()
    const { clock } = server
    socket.send({ ...textMessage('to be refused'), opcode: 3 })
    const outcome = await awaitFailure(server, socket)
    if (outcome.close === null) return skip('it sends no Close that could stay unanswered')
    const closedAt = clock.now()
    let received = await socket.next(PATIENCE_MS)
    while (received.kind === 'frame') received = await socket.next(closedAt + PATIENCE_MS - clock.now())
    const ms = Math.round(clock.now() - closedAt)
    if (received.kind === 'silence')
      return warn(`the connection ended within ${PATIENCE_MS} ms`, `still open ${ms} ms after its Close`)
    return pass(`${describeEnd(received.end)} ${ms} ms after its Close`)
  },
  selfTest: {
    passes: {
      'ends at once': webSocketServer(),
      'ends after 30 s': {
        peer: webSocketServer({
          failing(side, code) {
            side.close(code)
            void sleep(side.connection.clock, 30_000).then(() => side.connection.reset())
          },
        }),
        says: '30000 ms',
      },
    },
    warns: {
      'waits for ever': { peer: webSocketServer({ failing: (side, code) => side.close(code) }), says: 'still open' },
    },
    skips: { 'sends no Close': webSocketServer({ failing: side => side.connection.reset() }) },
  },
} satisfies WebSocketCheck

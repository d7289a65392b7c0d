import { describeEnd } from '../../../wire/describe-received.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { sleep } from '../../../world/timer.ts'
import { fail, pass, skip, warn } from '../../verdict.ts'
import { awaitFailure } from '../../websocket-outcome.ts'

const AT_ONCE_MS = 1000

export default {
  title: 'The server ends the TCP connection at once after the closing handshake',
  level: 'must',
  spec: rfc6455(
    '5.5.1',
    'After both sending and receiving a Close message, an endpoint considers the WebSocket connection closed and MUST close the underlying TCP connection.  The server MUST close the underlying TCP connection immediately',
  ),
  why: 'Both sides wait otherwise: the client for the server as the document says, the server for the client. Connections pile up.',
  fix: 'End the socket as soon as a Close was both sent and received.',
  covers: [{ row: 'ws.cl.tcp-server' }],
  async run(server) {
    const socket = await server.connect()
    const { clock } = server
    socket.close(1000)
    const outcome = await awaitFailure(server, socket, { probe: false })
    if (outcome.close === null) return skip('it answers a Close with no Close')
    const closedAt = clock.now()
    let received = await socket.next()
    while (received.kind === 'frame') received = await socket.next()
    const ms = Math.round(clock.now() - closedAt)
    if (received.kind === 'silence') return fail('the TCP connection ended', `still open ${ms} ms after both Closes`)
    const observed = `${describeEnd(received.end)} ${ms} ms after the Close`
    return ms <= AT_ONCE_MS ? pass(observed) : warn(`the TCP connection ended within ${AT_ONCE_MS} ms`, observed)
  },
  selfTest: {
    passes: { 'ends at once': webSocketServer() },
    warns: {
      'ends after 3 s': {
        peer: webSocketServer({
          async ending(connection) {
            await sleep(connection.clock, 3000)
            connection.finish()
          },
        }),
        says: '3000 ms after the Close',
      },
    },
    fails: { 'waits for the client': { peer: webSocketServer({ ending: () => {} }), says: 'still open' } },
    skips: { 'answers no Close': webSocketServer({ closeAnswer: () => null }) },
  },
} satisfies WebSocketCheck

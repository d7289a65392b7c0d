import { describeReceived } from '../../../wire/describe-received.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { info } from '../../verdict.ts'

export default {
  title: 'What the server does when the client ends the TCP connection without a Close',
  level: 'info',
  spec: rfc6455(
    '7.1.5',
    'If _The WebSocket Connection is Closed_ and no Close control frame was received by the endpoint (such as could occur if the underlying transport connection is lost), _The WebSocket Connection Close Code_ is considered to be 1006.',
  ),
  why: 'A server that does not notice keeps the connection and everything that hangs on it.',
  fix: 'End the socket when the client’s FIN has come, and tell the application 1006.',
  covers: [{ row: 'ws.cl.fin-no-close' }],
  async run(server) {
    const socket = await server.connect()
    socket.finish()
    const { clock } = server
    const startedAt = clock.now()
    const seen: string[] = []
    for (;;) {
      const received = await socket.next()
      seen.push(describeReceived(received))
      if (received.kind !== 'frame' || seen.length > 10) break
    }
    return info(`${seen.join(', then ')} (${Math.round(clock.now() - startedAt)} ms after the client’s FIN)`)
  },
  selfTest: {
    infos: {
      'ends too': { peer: webSocketServer(), says: 'FIN' },
      stays: {
        peer: webSocketServer({ opened: () => new Promise(() => {}) }),
        says: 'nothing within',
      },
    },
  },
} satisfies WebSocketCheck

import { encodeClosePayload } from '../../../protocol/websocket/close-code.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { awaitEcho, textMessage } from '../../websocket/echo.ts'
import { judgeLegalClose } from '../../websocket/closing.ts'
import { awaitFailure } from '../../websocket-outcome.ts'

const message = textMessage('Hello World!')

export default {
  title: 'A Close after a message is answered with a Close',
  level: 'must',
  spec: rfc6455(
    '5.5.1',
    'If an endpoint receives a Close frame and did not previously send a Close frame, the endpoint MUST send a Close frame in response.',
  ),
  why: 'Without the answer the client cannot know that all it sent has been read, and reports 1006.',
  fix: 'Answer a Close with a Close, usually with the same code, then end the TCP connection.',
  covers: [{ row: 'ws.cl.basic', autobahn: ['7.1.1'], literally: ['7.1.1'] }],
  needs: ['echo'],
  async run(server) {
    const socket = await server.connect()
    socket.send(message)
    // Nothing obliges a server to echo what a Close follows at once.
    const echoed = await awaitEcho(server, socket, message)
    if (echoed.kind !== 'pass') return echoed
    socket.close(1000)
    return judgeLegalClose(await awaitFailure(server, socket, { probe: false }), code => code === 1000 || code === 1005)
  },
  selfTest: {
    passes: {
      'answers 1000': webSocketServer(),
      'answers without a code': webSocketServer({ closeAnswer: () => Buffer.alloc(0) }),
    },
    warns: { 'answers 1001': webSocketServer({ closeAnswer: () => encodeClosePayload(1001) }) },
    fails: {
      'drops the connection': { peer: webSocketServer({ closeAnswer: () => null }), says: 'FIN' },
      'never answers': webSocketServer({ closeAnswer: () => null, ending: () => {} }),
      'does not echo': webSocketServer({ message: () => {} }),
      'answers 1005': {
        peer: webSocketServer({ closeAnswer: () => encodeClosePayload(1005) }),
        says: '1005',
      },
    },
  },
} satisfies WebSocketCheck

import { maskedFrames } from '../../../wire/websocket-peer.ts'
import { encodeClosePayload } from '../../../protocol/websocket/close-code.ts'
import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import { describeReceived } from '../../../wire/describe-received.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { pass, warn } from '../../verdict.ts'
import { judgeLegalClose } from '../../websocket/closing.ts'
import { awaitFailure } from '../../websocket-outcome.ts'

const close = { opcode: OPCODE.close, payload: encodeClosePayload(1000) }

export default {
  title: 'A second Close is not answered',
  level: 'must',
  spec: rfc6455(
    '5.5.1',
    'After both sending and receiving a Close message, an endpoint considers the WebSocket connection closed and MUST close the underlying TCP connection.',
  ),
  why: 'Clients with a bug or a race send two; the second one must change nothing.',
  fix: 'Stop reading frames once a Close has come.',
  covers: [{ row: 'ws.cl.double', autobahn: ['7.1.2'], literally: ['7.1.2'] }],
  async run(server) {
    const socket = await server.connect()
    socket.sendBytes(maskedFrames([close, { opcode: OPCODE.close }]))
    const first = judgeLegalClose(await awaitFailure(server, socket, { probe: false }), () => true)
    if (first.kind !== 'pass') return first
    const second = await socket.next(server.quietMs)
    if (second.kind !== 'frame') return pass()
    return warn('nothing after the Close', describeReceived(second))
  },
  selfTest: {
    passes: { 'answers once': webSocketServer() },
    warns: { 'answers twice': { peer: webSocketServer({ talksOn: true }), says: 'Close frame without a code' } },
    fails: {
      'drops the connection': webSocketServer({ closeAnswer: () => null }),
      'never answers': webSocketServer({ closeAnswer: () => null, ending: () => {} }),
    },
  },
} satisfies WebSocketCheck

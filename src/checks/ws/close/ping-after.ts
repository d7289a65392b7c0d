import { encodeClosePayload } from '../../../protocol/websocket/close-code.ts'
import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { afterClose } from '../../websocket/after-close.ts'

export default {
  title: 'A ping after the Close is not answered',
  level: 'must',
  spec: rfc6455(
    '5.5.2',
    'Upon receipt of a Ping frame, an endpoint MUST send a Pong frame in response, unless it already received a Close frame.',
  ),
  why: 'A server that still answers has not stopped reading: it keeps the connection busy that it should end.',
  fix: 'Stop reading frames once a Close has come.',
  covers: [{ row: 'ws.cl.ping-after', autobahn: ['7.1.3'], literally: ['7.1.3'] }],
  run: server =>
    afterClose(
      server,
      { opcode: OPCODE.ping },
      frame => frame.opcode === OPCODE.pong && { kind: 'warn', expected: 'no pong' },
    ),
  selfTest: {
    passes: { 'reads no further': webSocketServer() },
    warns: { 'answers it': { peer: webSocketServer({ talksOn: true }), says: 'pong' } },
    fails: {
      'never closes': webSocketServer({ closeAnswer: () => null, ending: () => {} }),
      'answers with an illegal code': webSocketServer({ closeAnswer: () => encodeClosePayload(1005) }),
    },
  },
} satisfies WebSocketCheck

import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { binaryMessage, tryEchoes } from '../../websocket/echo.ts'
import { impossible, overlongNul, singleSurrogates } from '../../websocket/utf8-vectors.ts'

const vectors = [...impossible, ...overlongNul.slice(0, 1), ...singleSurrogates.slice(0, 1)]

export default {
  title: 'Binary data need not be UTF-8',
  level: 'must',
  spec: rfc6455(
    '5.6',
    'The "Payload data" is arbitrary binary data whose interpretation is solely up to the application layer.',
  ),
  why: 'A server that validates all messages alike refuses images, sound and every binary protocol.',
  fix: 'Validate UTF-8 for opcode 1 only.',
  covers: [{ row: 'ws.u8.binary-free' }],
  needs: ['echo'],
  run: server =>
    tryEchoes(
      server,
      vectors.map(({ name, bytes }) => ({ name, message: binaryMessage(bytes) })),
    ),
  selfTest: {
    passes: { 'echoes it': webSocketServer() },
    fails: {
      'validates it': {
        peer: webSocketServer({ message: side => side.close(1007) }),
        says: 'Close 1007',
      },
      'replaces it': webSocketServer({
        message: (side, opcode, payload) => side.message(opcode, Buffer.from(payload.toString('utf8'))),
      }),
    },
  },
} satisfies WebSocketCheck

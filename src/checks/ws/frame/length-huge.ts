import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { tryImpliedViolations } from '../../websocket/violation.ts'

export default {
  title: 'The announcement of a frame of 4 EiB is refused when it is read',
  level: 'should',
  spec: rfc6455(
    '10.4',
    'Implementations that have implementation- and/or platform-specific limitations regarding the frame size or total message size after reassembly from multiple frames MUST protect themselves against exceeding those limits.',
  ),
  why: 'A server that only begins to count when the octets come, or reserves what is announced, can be filled up from outside.',
  fix: 'Compare the announced length with the largest message before reading on, and close with 1009.',
  covers: [{ row: 'ws.fr.len64-huge' }],
  run: server =>
    tryImpliedViolations(
      server,
      [
        {
          name: '2^62 bytes announced',
          frames: [{ opcode: OPCODE.binary, payload: Buffer.from('begin'), declaredLength: 1n << 62n }],
          probe: false,
        },
      ],
      [1009, 1002],
    ),
  selfTest: {
    passes: {
      'closes with 1009': webSocketServer(),
      'closes with 1002': webSocketServer({ failing: side => side.close(1002) }),
      'drops the connection': webSocketServer({ failing: side => side.connection.reset() }),
    },
    warns: {
      'waits for the rest': { peer: webSocketServer({ failing: () => {} }), says: 'still open' },
      'closes with 1011': webSocketServer({ failing: side => side.close(1011) }),
      'takes the beginning for all': webSocketServer({ failing: side => side.text('begin') }),
    },
  },
} satisfies WebSocketCheck

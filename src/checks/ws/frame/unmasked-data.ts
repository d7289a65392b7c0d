import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { tryViolations } from '../../websocket/violation.ts'

const unmasked = (opcode: number) => [{ opcode, payload: Buffer.from('unmasked'), mask: null }]
const cases = [
  { name: 'text', frames: unmasked(OPCODE.text) },
  { name: 'binary', frames: unmasked(OPCODE.binary) },
]

export default {
  title: 'An unmasked data frame ends the connection',
  level: 'must',
  spec: rfc6455('5.1', 'The server MUST close the connection upon receiving a frame that is not masked.'),
  why: 'Masking keeps a script in a browser from choosing the octets that intermediaries see; a server that accepts unmasked frames lets it be skipped.',
  fix: 'Check the MASK bit of each frame before anything else and fail the connection with 1002 where it is 0.',
  covers: [{ row: 'ws.fr.unmasked-data' }],
  run: server => tryViolations(server, cases, [1002]),
  selfTest: {
    passes: {
      'closes with 1002': webSocketServer(),
      'drops the connection': webSocketServer({ failing: side => side.connection.reset() }),
      'emits something else before': webSocketServer({
        failing(side, code) {
          side.text('by itself')
          side.close(code)
        },
      }),
    },
    warns: { 'closes with 1011': webSocketServer({ failing: side => side.close(1011) }) },
    fails: {
      'emits while it ignores it': webSocketServer({
        tolerates: ['unmasked'],
        message: side => side.text('by itself'),
      }),
      'echoes it': { peer: webSocketServer({ tolerates: ['unmasked'] }), says: 'text: text frame' },
      'ignores it': webSocketServer({ tolerates: ['unmasked'], message: () => {} }),
      'goes silent': webSocketServer({ failing: () => {} }),
    },
  },
} satisfies WebSocketCheck

import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { binaryMessage, textMessage, tryEchoes } from '../../websocket/echo.ts'
import { fragments } from '../../websocket/fragments.ts'

const SIZE = 65_536
const FRAGMENT_BYTES = 1300
const text = textMessage('*'.repeat(SIZE))
const binary = binaryMessage(Buffer.alloc(SIZE, 0xfe))

export default {
  title: 'A message in 51 fragments arrives as one',
  level: 'must',
  spec: rfc6455('5.4', 'Message fragments MUST be delivered to the recipient in the order sent by the sender.'),
  why: 'Clients and proxies cut messages to the size of a segment or of their buffer.',
  fix: 'Join any number of fragments, up to the largest message that is allowed.',
  covers: [{ row: 'ws.fr.auto-frag', autobahn: ['10.1.1'], literally: ['10.1.1'] }],
  needs: ['echo'],
  run: server =>
    tryEchoes(server, [
      { name: 'text', message: text, frames: fragments(text, FRAGMENT_BYTES) },
      { name: 'binary', message: binary, frames: fragments(binary, FRAGMENT_BYTES) },
    ]),
  selfTest: {
    passes: { 'joins them': webSocketServer() },
    fails: {
      'drops the last one': {
        peer: webSocketServer({
          message: (side, opcode, payload) => side.message(opcode, payload.subarray(0, 50 * FRAGMENT_BYTES)),
        }),
        says: '65000 bytes',
      },
    },
  },
} satisfies WebSocketCheck

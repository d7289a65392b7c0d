import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { binaryMessage, tryEchoes } from '../../websocket/echo.ts'

const SIZES = [0, 125, 126, 127, 128, 65_535, 65_536]

export default {
  title: 'Binary data of every length form is received whole and stays binary',
  level: 'must',
  spec: rfc6455(
    '5.6',
    'The "Payload data" is arbitrary binary data whose interpretation is solely up to the application layer.',
  ),
  why: 'A server that reads binary as text damages every octet over 127.',
  fix: 'Keep the octets and the opcode of the first frame together up to the application.',
  covers: [{ row: 'ws.fr.bin-sizes', autobahn: ['1.2.1-1.2.7'], literally: ['1.2.1-1.2.7'] }],
  needs: ['echo'],
  run: server =>
    tryEchoes(
      server,
      SIZES.map(size => ({ name: `${size} bytes`, message: binaryMessage(Buffer.alloc(size, 0xfe)) })),
    ),
  selfTest: {
    passes: { 'echoes all': webSocketServer() },
    fails: {
      'sends it back as text': {
        peer: webSocketServer({ message: (side, _opcode, payload) => side.message(OPCODE.text, payload) }),
        says: 'text message',
      },
      'decodes it as text': {
        peer: webSocketServer({
          message: (side, opcode, payload) => side.message(opcode, Buffer.from(payload.toString('utf8'))),
        }),
        says: 'efbfbd',
      },
      'refuses 64-bit lengths': webSocketServer({ maxPayloadBytes: 65_535 }),
    },
  },
} satisfies WebSocketCheck

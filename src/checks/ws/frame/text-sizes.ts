import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { textMessage, tryEchoes } from '../../websocket/echo.ts'

const SIZES = [0, 125, 126, 127, 128, 65_535, 65_536]

export default {
  title: 'Text of every length form is received whole',
  level: 'must',
  spec: rfc6455(
    '5.2',
    'The length of the "Payload data", in bytes: if 0-125, that is the payload length.  If 126, the following 2 bytes interpreted as a 16-bit unsigned integer are the payload length.  If 127, the following 8 bytes interpreted as a 64-bit unsigned integer (the most significant bit MUST be 0) are the payload length.',
  ),
  why: 'A length read wrongly loses the place in the stream: everything after it is garbage.',
  fix: 'Read the length in network byte order from 7, 16 or 64 bits, and try the sizes around each border.',
  covers: [{ row: 'ws.fr.text-sizes', autobahn: ['1.1.1-1.1.7'], literally: ['1.1.1-1.1.7'] }],
  needs: ['echo'],
  run: server =>
    tryEchoes(
      server,
      SIZES.map(size => ({ name: `${size} bytes`, message: textMessage('*'.repeat(size)) })),
    ),
  selfTest: {
    passes: { 'echoes all': webSocketServer() },
    fails: {
      'cuts at 65535': {
        peer: webSocketServer({
          message: (side, opcode, payload) => side.message(opcode, payload.subarray(0, 65_535)),
        }),
        says: '65536 bytes: text message, 65535 bytes',
      },
      'sends text back as binary': webSocketServer({
        message: (side, _opcode, payload) => side.message(OPCODE.binary, payload),
      }),
      'drops empty ones': webSocketServer({
        message: (side, opcode, payload) => (payload.length > 0 ? side.message(opcode, payload) : undefined),
      }),
      'ends at 16-bit lengths': webSocketServer({ maxPayloadBytes: 125 }),
    },
  },
} satisfies WebSocketCheck

import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { binaryMessage, textMessage, tryEchoes } from '../../websocket/echo.ts'

const SIZE = 65_536
const CHOP_BYTES = 997

export default {
  title: 'A frame that arrives in many segments is one frame',
  level: 'must',
  spec: rfc6455(
    '6.2',
    'To receive WebSocket data, an endpoint listens on the underlying network connection.  Incoming data MUST be parsed as WebSocket frames as defined in Section 5.2.',
  ),
  why: 'TCP keeps no borders: a server that takes each read for a frame works on a test bench and fails on the Internet.',
  fix: 'Collect octets until the header, then the payload that it announces, are complete.',
  covers: [{ row: 'ws.fr.chop', autobahn: ['1.1.8', '1.2.8'], literally: ['1.1.8', '1.2.8'] }],
  needs: ['echo'],
  run: server =>
    tryEchoes(server, [
      { name: 'text', message: textMessage('*'.repeat(SIZE)), split: CHOP_BYTES },
      { name: 'binary', message: binaryMessage(Buffer.alloc(SIZE, 0xfe)), split: CHOP_BYTES },
    ]),
  selfTest: {
    passes: { 'joins the segments': webSocketServer() },
    fails: {
      'keeps the first segment only': webSocketServer({
        message: (side, opcode, payload) => side.message(opcode, payload.subarray(0, CHOP_BYTES - 14)),
      }),
      'gives up waiting': {
        peer: webSocketServer({ frame: (_frame, side) => (side.close(1002), true) }),
        says: '1002',
      },
    },
  },
} satisfies WebSocketCheck

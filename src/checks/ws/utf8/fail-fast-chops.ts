import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { maskedFrame } from '../../../wire/websocket-peer.ts'
import { tryCases } from '../../cases.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { textMessage } from '../../websocket/echo.ts'
import { failsFast } from '../../websocket/fail-fast.ts'
import { MIXED } from '../../websocket/utf8-vectors.ts'

const HEADER_BYTES = 6
const message = textMessage(Buffer.concat([MIXED, Buffer.from('f4908080', 'hex'), Buffer.from('edited')]))
const cases = [
  { name: 'cut after the bad sequence', offset: HEADER_BYTES + MIXED.length + 4 },
  { name: 'cut after the bad octet', offset: HEADER_BYTES + MIXED.length + 2 },
]

export default {
  title: 'Invalid text fails the connection before its frame is complete',
  level: 'quality',
  spec: rfc6455(
    '8.1',
    'When an endpoint is to interpret a byte stream as UTF-8 but finds that the byte stream is not, in fact, a valid UTF-8 stream, that endpoint MUST _Fail the WebSocket Connection_.',
  ),
  why: 'A frame may be as large as the largest message: to look at it only when it is complete costs all of its memory.',
  fix: 'Unmask and decode what has arrived. The document does not demand it: most servers check at the end.',
  covers: [{ row: 'ws.u8.failfast-chop', autobahn: ['6.4.3', '6.4.4'], literally: ['6.4.3', '6.4.4'] }],
  run: server =>
    tryCases(cases, ({ offset }) => {
      const bytes = maskedFrame(message)
      return failsFast(
        server,
        socket => socket.sendBytes(bytes.subarray(0, offset)),
        socket => socket.sendBytes(bytes.subarray(offset)),
      )
    }),
  selfTest: {
    passes: {
      'checks as it comes': webSocketServer({
        async opened(side) {
          await side.connection.read(60_000)
          side.close(1007)
          side.connection.finish()
        },
      }),
    },
    warns: {
      'checks whole frames': { peer: webSocketServer(), says: 'at the end of the message' },
      'closes with 1002': webSocketServer({
        async opened(side) {
          await side.connection.read(60_000)
          side.close(1002)
          side.connection.finish()
        },
      }),
    },
    skips: { 'does not check': webSocketServer({ tolerates: ['utf8'] }) },
  },
} satisfies WebSocketCheck

import type { WebSocketCheck } from '../../check.ts'
import { rfc7692 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { skip } from '../../verdict.ts'
import { connectDeflate } from '../../websocket/deflate-connection.ts'
import { textMessage } from '../../websocket/echo.ts'

const plain = textMessage('sent as it is')
const packed = textMessage('sent compressed, compressed, compressed')

export default {
  title: 'Uncompressed messages are accepted where compression is agreed',
  level: 'must',
  spec: rfc7692(
    '6',
    'An endpoint receiving an uncompressed message uses the concatenation of the application data portion of the frames of the message as is for the _A WebSocket Message Has Been Received_ event.',
  ),
  why: 'Clients leave short messages uncompressed: browsers and libraries have thresholds for it.',
  fix: 'Decide by RSV1 of each message’s first frame, not by what was negotiated.',
  covers: [{ row: 'ws.pmd.mixed' }],
  needs: ['echo', 'deflate'],
  async run(server) {
    const connection = await connectDeflate(server)
    if (connection === null) return skip('it declines a plain offer')
    for (const [message, frame] of [
      [plain, plain],
      [packed, connection.compressed(packed)],
      [plain, plain],
      [packed, connection.compressed(packed)],
    ] as const) {
      connection.socket.send(frame)
      const verdict = await connection.awaitEcho(message)
      if (verdict.kind !== 'pass') return verdict
    }
    return { kind: 'pass', observed: 'both, by turns' }
  },
  selfTest: {
    passes: { 'looks at RSV1': webSocketServer() },
    fails: {
      'inflates everything': {
        peer: webSocketServer({
          frame: (frame, side) => frame.opcode === 1 && !frame.rsv1 && (side.close(1007), true),
        }),
        says: 'Close 1007',
      },
      'drowns the echo': {
        peer: webSocketServer({
          message(side) {
            for (let count = 0; count < 1001; count += 1) side.send({ opcode: 1, payload: Buffer.from('other') })
          },
        }),
        says: 'other',
      },
      'inflates nothing': webSocketServer({
        frame: (frame, side) => frame.rsv1 && (side.send({ opcode: 1, payload: frame.payload }), true),
      }),
    },
    skips: { declines: webSocketServer({ deflate: false }) },
  },
} satisfies WebSocketCheck

import type { Frame } from '../../../protocol/websocket/frame-reader.ts'
import { isControlOpcode, OPCODE } from '../../../protocol/websocket/opcode.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc7692 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { elicit, judgeFrames } from '../../websocket/elicit.ts'

function wrong({ opcode, rsv1, rsv2, rsv3 }: Frame): string | null {
  if (rsv2 || rsv3) return 'RSV2 and RSV3 at 0'
  if (!rsv1) return null
  if (isControlOpcode(opcode)) return 'no RSV1 on control frames'
  return opcode === OPCODE.continuation ? 'no RSV1 on continuations' : null
}

export default {
  title: 'The server sets RSV1 on the first frame of a data message only',
  level: 'must',
  spec: rfc7692(
    '6.1',
    'An endpoint MUST NOT set the "Per-Message Compressed" bit of control frames and non-first fragments of a data message.',
  ),
  why: 'A client must fail the connection on such a frame: pongs and Closes with RSV1 end every browser’s session.',
  fix: 'Set RSV1 with the opcode of the first frame and nowhere else.',
  covers: [{ row: 'ws.pmd.srv-bits' }],
  needs: ['deflate'],
  run: async server => judgeFrames(await elicit(server, 'permessage-deflate'), wrong),
  selfTest: {
    passes: {
      'on first frames only': webSocketServer(),
      'compresses nothing': webSocketServer({ message: (side, opcode, payload) => side.send({ opcode, payload }) }),
    },
    fails: {
      'on pongs': {
        peer: webSocketServer({ outgoing: frame => (frame.opcode === OPCODE.pong ? { ...frame, rsv1: true } : frame) }),
        says: 'pong frame (RSV1)',
      },
      'on its Close': webSocketServer({
        outgoing: frame => (frame.opcode === OPCODE.close ? { ...frame, rsv1: true } : frame),
      }),
      'on continuations': webSocketServer({
        message(side, opcode, payload) {
          side.send({ opcode, rsv1: true, fin: false, payload: payload.subarray(0, 1) })
          side.send({ opcode: OPCODE.continuation, rsv1: true, payload: payload.subarray(1) })
        },
      }),
      'RSV2 on data': webSocketServer({
        outgoing: frame => (frame.opcode < OPCODE.close ? { ...frame, rsv2: true } : frame),
      }),
    },
    skips: { 'sends nothing': webSocketServer({ message: () => {}, pong: () => null, closeAnswer: () => null }) },
  },
} satisfies WebSocketCheck

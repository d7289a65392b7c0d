import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { elicit, judgeFrames } from '../../websocket/elicit.ts'

export default {
  title: 'The server sets no reserved bit that was not negotiated',
  level: 'must',
  spec: rfc6455('5.2', 'MUST be 0 unless an extension is negotiated that defines meanings for non-zero values.'),
  why: 'Every client must fail the connection on such a bit: a server that compresses without having agreed to it cannot be read.',
  fix: 'Compress only where permessage-deflate was both offered and accepted; leave RSV1–3 at 0 otherwise.',
  covers: [{ row: 'ws.fr.srv-rsv' }],
  run: async server =>
    judgeFrames(await elicit(server), ({ rsv1, rsv2, rsv3 }) =>
      rsv1 || rsv2 || rsv3 ? 'RSV1–3 all 0: no extension was offered' : null,
    ),
  selfTest: {
    passes: { 'no bit': webSocketServer() },
    fails: {
      'RSV1 on data': {
        peer: webSocketServer({
          outgoing: frame => (frame.opcode < OPCODE.close ? { ...frame, rsv1: true } : frame),
        }),
        says: 'RSV1',
      },
      'RSV2 on pongs': webSocketServer({
        outgoing: frame => (frame.opcode === OPCODE.pong ? { ...frame, rsv2: true } : frame),
      }),
      'RSV3 on its Close': webSocketServer({
        outgoing: frame => (frame.opcode === OPCODE.close ? { ...frame, rsv3: true } : frame),
      }),
    },
    skips: { 'sends nothing': webSocketServer({ message: () => {}, pong: () => null, closeAnswer: () => null }) },
  },
} satisfies WebSocketCheck

import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc7692 } from '../../documents.ts'
import { violationPeers } from '../../peers/violation-peers.ts'
import { tryViolations } from '../../websocket/violation.ts'

const extensions = 'permessage-deflate'
const hex = (text: string) => Buffer.from(text, 'hex')

export default {
  title: 'RSV1 on a continuation fails the connection',
  level: 'must',
  spec: rfc7692(
    '6.1',
    'An endpoint MUST NOT set the "Per-Message Compressed" bit of control frames and non-first fragments of a data message.  An endpoint receiving such a frame MUST _Fail the WebSocket Connection_.',
  ),
  why: 'The bit says whether the message is compressed: said a second time or too late, it leaves open which it is.',
  fix: 'Accept RSV1 on the first frame of a data message only; fail with 1002 otherwise.',
  covers: [{ row: 'ws.pmd.rsv1-cont' }, { row: 'ws.pmd.rsv1-late' }],
  needs: ['deflate'],
  run: server =>
    tryViolations(
      server,
      [
        {
          name: 'on both fragments',
          extensions,
          frames: [
            { opcode: OPCODE.text, fin: false, rsv1: true, payload: hex('f248cd') },
            { opcode: OPCODE.continuation, rsv1: true, payload: hex('c9c90700') },
          ],
        },
        {
          name: 'on the second only',
          extensions,
          frames: [
            { opcode: OPCODE.text, fin: false, payload: hex('48656c') },
            { opcode: OPCODE.continuation, rsv1: true, payload: hex('6c6f') },
          ],
        },
      ],
      [1002],
    ),
  selfTest: violationPeers(['rsv1-place']),
} satisfies WebSocketCheck

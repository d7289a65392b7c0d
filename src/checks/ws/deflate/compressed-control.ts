import { encodeClosePayload } from '../../../protocol/websocket/close-code.ts'
import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc7692 } from '../../documents.ts'
import { violationPeers } from '../../peers/violation-peers.ts'
import { tryViolations } from '../../websocket/violation.ts'

const extensions = 'permessage-deflate'

export default {
  title: 'RSV1 on a control frame fails the connection',
  level: 'must',
  spec: rfc7692(
    '6.1',
    'An endpoint MUST NOT set the "Per-Message Compressed" bit of control frames and non-first fragments of a data message.  An endpoint receiving such a frame MUST _Fail the WebSocket Connection_.',
  ),
  why: 'Control frames are never compressed: a server that lets the bit pass answers a payload that it may have misread.',
  fix: 'Check RSV1 against the opcode, also where permessage-deflate is agreed; fail with 1002 and send no pong.',
  covers: [{ row: 'ws.pmd.rsv1-ctl' }],
  needs: ['deflate'],
  run: server =>
    tryViolations(
      server,
      [
        { name: 'ping', extensions, frames: [{ opcode: OPCODE.ping, rsv1: true, payload: Buffer.from('ping') }] },
        {
          name: 'Close',
          extensions,
          frames: [{ opcode: OPCODE.close, rsv1: true, payload: encodeClosePayload(1000) }],
        },
      ],
      [1002],
    ),
  selfTest: violationPeers(['rsv1-place']),
} satisfies WebSocketCheck

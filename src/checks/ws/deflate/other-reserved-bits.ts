import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { violationPeers } from '../../peers/violation-peers.ts'
import { tryViolations } from '../../websocket/violation.ts'

const extensions = 'permessage-deflate'
const payload = Buffer.from('f248cdc9c90700', 'hex')

export default {
  title: 'RSV2 and RSV3 fail the connection also where permessage-deflate is agreed',
  level: 'must',
  spec: rfc6455(
    '5.2',
    'If a nonzero value is received and none of the negotiated extensions defines the meaning of such a nonzero value, the receiving endpoint MUST _Fail the WebSocket Connection_.',
  ),
  why: 'Servers that switch the check of the reserved bits off for compression let the two others pass too.',
  fix: 'Compare each of the three bits with what was negotiated.',
  covers: [{ row: 'ws.pmd.rsv23' }],
  needs: ['deflate'],
  run: server =>
    tryViolations(
      server,
      [
        { name: 'RSV2', extensions, frames: [{ opcode: OPCODE.text, rsv1: true, rsv2: true, payload }] },
        { name: 'RSV3', extensions, frames: [{ opcode: OPCODE.text, rsv1: true, rsv3: true, payload }] },
        {
          name: 'RSV2 alone',
          extensions,
          frames: [{ opcode: OPCODE.text, rsv2: true, payload: Buffer.from('Hello') }],
        },
      ],
      [1002],
    ),
  selfTest: violationPeers(['rsv']),
} satisfies WebSocketCheck

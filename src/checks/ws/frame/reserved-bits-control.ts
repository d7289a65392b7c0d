import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { violationPeers } from '../../peers/violation-peers.ts'
import { reservedBits, tryViolations } from '../../websocket/violation.ts'

export default {
  title: 'A control frame with a reserved bit fails the connection',
  level: 'must',
  spec: rfc6455(
    '5.2',
    'If a nonzero value is received and none of the negotiated extensions defines the meaning of such a nonzero value, the receiving endpoint MUST _Fail the WebSocket Connection_.',
  ),
  why: 'The rule holds for each frame, also those that the server answers by itself.',
  fix: 'Check RSV1–3 before the opcode and fail with 1002; send no pong.',
  covers: [
    { row: 'ws.fr.rsv-ping', autobahn: ['3.6'] },
    { row: 'ws.fr.rsv-close', autobahn: ['3.7'], literally: ['3.7'] },
  ],
  run: server =>
    tryViolations(
      server,
      [
        { name: 'ping, RSV 6', frames: [{ opcode: OPCODE.ping, payload: Buffer.from('rsv'), ...reservedBits(6) }] },
        { name: 'ping, RSV 4', frames: [{ opcode: OPCODE.ping, payload: Buffer.from('rsv'), ...reservedBits(4) }] },
        { name: 'Close, RSV 7', frames: [{ opcode: OPCODE.close, ...reservedBits(7) }] },
        { name: 'empty Close, RSV 7', frames: [{ opcode: OPCODE.close, ...reservedBits(7) }] },
      ],
      [1002],
    ),
  selfTest: violationPeers(['rsv']),
} satisfies WebSocketCheck

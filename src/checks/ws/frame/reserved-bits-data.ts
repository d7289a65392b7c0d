import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { violationPeers } from '../../peers/violation-peers.ts'
import { textMessage } from '../../websocket/echo.ts'
import { reservedBits, tryViolations } from '../../websocket/violation.ts'

const hello = textMessage('Hello, world!')
const ping = { opcode: OPCODE.ping, payload: Buffer.alloc(0) }

export default {
  title: 'A data frame with a reserved bit that was not negotiated fails the connection',
  level: 'must',
  spec: rfc6455(
    '5.2',
    'If a nonzero value is received and none of the negotiated extensions defines the meaning of such a nonzero value, the receiving endpoint MUST _Fail the WebSocket Connection_.',
  ),
  why: 'The bits say that the payload is encoded in some way: to pass it on as it is hands garbage to the application.',
  fix: 'Compare RSV1–3 with what was negotiated on this connection and fail with 1002.',
  // Autobahn's 3.6 says that it sends a ping, and sends binary data.
  covers: [{ row: 'ws.fr.rsv-data', autobahn: ['3.1-3.6'], literally: ['3.1-3.6'] }],
  run: server =>
    tryViolations(
      server,
      [
        { name: 'RSV 1', frames: [{ ...hello, ...reservedBits(1) }] },
        { name: 'RSV 2 after a message', before: hello, frames: [{ ...hello, ...reservedBits(2) }, ping] },
        { name: 'RSV 3, octet by octet', before: hello, frames: [{ ...hello, ...reservedBits(3) }, ping], split: 1 },
        { name: 'RSV 4 after a message', before: hello, frames: [{ ...hello, ...reservedBits(4) }, ping], split: 1 },
        {
          name: 'RSV 5 on binary',
          frames: [{ opcode: OPCODE.binary, payload: Buffer.from('00fffefdfcfb00ff', 'hex'), ...reservedBits(5) }],
        },
        { name: 'RSV 6 on binary', frames: [{ ...hello, opcode: OPCODE.binary, ...reservedBits(6) }] },
        { name: 'RSV 7', frames: [{ ...hello, ...reservedBits(7) }] },
      ],
      [1002],
    ),
  selfTest: violationPeers(['rsv']),
} satisfies WebSocketCheck

import { encodeClosePayload } from '../../../protocol/websocket/close-code.ts'
import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { violationPeers } from '../../peers/violation-peers.ts'
import { tryViolations } from '../../websocket/violation.ts'

export default {
  title: 'An unmasked ping or Close ends the connection',
  level: 'must',
  spec: rfc6455('5.1', 'The server MUST close the connection upon receiving a frame that is not masked.'),
  why: 'The rule is for all frames: a parser that looks at MASK only for data treats control frames from elsewhere as the client’s.',
  fix: 'Check the MASK bit before the opcode and fail the connection with 1002 where it is 0.',
  covers: [{ row: 'ws.fr.unmasked-ping' }, { row: 'ws.fr.unmasked-close' }],
  run: server =>
    tryViolations(
      server,
      [
        { name: 'ping', frames: [{ opcode: OPCODE.ping, payload: Buffer.from('unmasked'), mask: null }] },
        { name: 'Close', frames: [{ opcode: OPCODE.close, payload: encodeClosePayload(1000), mask: null }] },
      ],
      [1002],
    ),
  selfTest: violationPeers(['unmasked']),
} satisfies WebSocketCheck

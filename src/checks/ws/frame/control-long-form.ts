import { encodeClosePayload } from '../../../protocol/websocket/close-code.ts'
import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { impliedViolationPeers } from '../../peers/violation-peers.ts'
import { tryImpliedViolations } from '../../websocket/violation.ts'

const payload = Buffer.from('hello')

export default {
  title: 'A control frame with its length in a long form fails the connection',
  level: 'should',
  spec: rfc6455('5.2', 'Note that in all cases, the minimal number of bytes MUST be used to encode the length'),
  why: 'What is written in two ways is read in two ways: an intermediary and a server that disagree on a frame’s border can be played against each other.',
  fix: 'Fail the connection with 1002 when a control frame’s length field reads 126 or 127, whatever follows.',
  covers: [{ row: 'ws.fr.ctl-form16' }],
  run: server =>
    tryImpliedViolations(
      server,
      [
        { name: 'ping of 5 in 16 bits', frames: [{ opcode: OPCODE.ping, payload, lengthForm: 16 }] },
        { name: 'ping of 5 in 64 bits', frames: [{ opcode: OPCODE.ping, payload, lengthForm: 64 }] },
        {
          name: 'Close in 16 bits',
          frames: [{ opcode: OPCODE.close, payload: encodeClosePayload(1000), lengthForm: 16 }],
        },
      ],
      [1002],
    ),
  selfTest: impliedViolationPeers(['control-length']),
} satisfies WebSocketCheck

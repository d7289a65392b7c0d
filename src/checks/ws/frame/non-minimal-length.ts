import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { impliedViolationPeers } from '../../peers/violation-peers.ts'
import { tryImpliedViolations, type Violation } from '../../websocket/violation.ts'

const inForm = (lengthForm: 16 | 64, size: number): Violation => ({
  name: `${size} bytes in ${lengthForm} bits`,
  frames: [{ opcode: OPCODE.text, payload: Buffer.alloc(size, '*'), lengthForm }],
})

export default {
  title: 'A data length in a longer form than needed fails the connection',
  level: 'should',
  spec: rfc6455(
    '5.2',
    "Note that in all cases, the minimal number of bytes MUST be used to encode the length, for example, the length of a 124-byte-long string can't be encoded as the sequence 126, 0, 124.",
  ),
  why: 'The text binds the sender only, and many libraries take such frames; the strict ones, Chrome among them, close.',
  fix: 'Fail the connection with 1002 when 16 bits hold less than 126 or 64 bits less than 65536.',
  covers: [{ row: 'ws.fr.len16-min' }, { row: 'ws.fr.len64-min' }],
  run: server =>
    tryImpliedViolations(server, [inForm(16, 0), inForm(16, 125), inForm(64, 5), inForm(64, 65_535)], [1002]),
  selfTest: impliedViolationPeers(['length-form']),
} satisfies WebSocketCheck

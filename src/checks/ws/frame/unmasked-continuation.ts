import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { violationPeers } from '../../peers/violation-peers.ts'
import { tryViolations } from '../../websocket/violation.ts'

export default {
  title: 'An unmasked continuation of a masked message ends the connection',
  level: 'must',
  spec: rfc6455('5.1', 'The server MUST close the connection upon receiving a frame that is not masked.'),
  why: 'A server that looks at MASK only on a message’s first frame lets the rest be chosen freely.',
  fix: 'Check the MASK bit of each frame, continuations included.',
  covers: [{ row: 'ws.fr.unmasked-late' }],
  run: server =>
    tryViolations(
      server,
      [
        {
          name: 'continuation',
          frames: [
            { opcode: OPCODE.text, fin: false, payload: Buffer.from('masked') },
            { opcode: OPCODE.continuation, payload: Buffer.from('unmasked'), mask: null },
          ],
        },
      ],
      [1002],
    ),
  selfTest: violationPeers(['unmasked']),
} satisfies WebSocketCheck

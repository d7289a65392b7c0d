import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { violationPeers } from '../../peers/violation-peers.ts'
import { tryViolations } from '../../websocket/violation.ts'

const begin = { opcode: OPCODE.text, fin: false, payload: Buffer.from('fragment1') }
const payload = Buffer.from('fragment2')

export default {
  title: 'A new message inside an unfinished one fails the connection',
  level: 'must',
  spec: rfc6455(
    '5.4',
    'The fragments of one message MUST NOT be interleaved between the fragments of another message unless an extension has been negotiated that can interpret the interleaving.',
  ),
  why: 'A server that begins anew loses the first message without a word; one that joins them mixes two.',
  fix: 'Fail the connection with 1002 on opcode 1 or 2 while a fragmented message is open.',
  covers: [{ row: 'ws.fr.new-inside', autobahn: ['5.18'], literally: ['5.18'] }],
  run: server =>
    tryViolations(
      server,
      [
        { name: 'text in text', frames: [begin, { opcode: OPCODE.text, payload }] },
        { name: 'binary in text', frames: [begin, { opcode: OPCODE.binary, payload }] },
        { name: 'an unfinished one in text', frames: [begin, { opcode: OPCODE.text, fin: false, payload }] },
      ],
      [1002],
    ),
  selfTest: violationPeers(['interleaved']),
} satisfies WebSocketCheck

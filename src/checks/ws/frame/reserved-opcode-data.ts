import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { violationPeers } from '../../peers/violation-peers.ts'
import { textMessage } from '../../websocket/echo.ts'
import { tryViolations, type Violation } from '../../websocket/violation.ts'

const hello = textMessage('Hello, world!')
const ping = { opcode: OPCODE.ping, payload: Buffer.alloc(0) }
const payload = Buffer.from('reserved opcode payload')

const cases: Violation[] = [
  { name: 'opcode 3', frames: [{ opcode: 3 }] },
  { name: 'opcode 4', frames: [{ opcode: 4, payload }] },
  { name: 'opcode 5 after a message', before: hello, frames: [{ opcode: 5 }, ping] },
  { name: 'opcode 6 after a message', before: hello, frames: [{ opcode: 6, payload: hello.payload }, ping] },
  { name: 'opcode 7 after a message', before: hello, frames: [{ opcode: 7, payload: hello.payload }, ping], split: 1 },
]

export default {
  title: 'A reserved data opcode (3–7) fails the connection',
  level: 'must',
  spec: rfc6455(
    '5.2',
    'If an unknown opcode is received, the receiving endpoint MUST _Fail the WebSocket Connection_.',
  ),
  why: 'A frame of unknown meaning that is passed over or taken for data leaves the two sides with different ideas of the conversation.',
  fix: 'Fail the connection with 1002 on every opcode but 0, 1, 2, 8, 9 and 10.',
  covers: [{ row: 'ws.fr.op-data', autobahn: ['4.1.1-4.1.5'], literally: ['4.1.1-4.1.5'] }],
  run: server => tryViolations(server, cases, [1002]),
  selfTest: violationPeers(['opcode']),
} satisfies WebSocketCheck

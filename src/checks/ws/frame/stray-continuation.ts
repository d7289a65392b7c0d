import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { violationPeers } from '../../peers/violation-peers.ts'
import { textMessage } from '../../websocket/echo.ts'
import { tryViolations, type Violation } from '../../websocket/violation.ts'

const stray = (fin: boolean) => ({
  opcode: OPCODE.continuation,
  fin,
  payload: Buffer.from('non-continuation payload'),
})
const hello = textMessage('Hello, world!')
const FRAME_BYTES = 30

const cases: Violation[] = [true, false].flatMap(fin => {
  const name = `continuation with FIN=${fin ? 1 : 0}`
  const frames = [stray(fin), hello]
  return [
    { name, frames },
    { name: `${name}, frame by frame`, frames, split: FRAME_BYTES },
    { name: `${name}, octet by octet`, frames, split: 1 },
  ]
})

export default {
  title: 'A continuation where no message is open fails the connection',
  level: 'must',
  spec: rfc6455(
    '5.4',
    'A fragmented message consists of a single frame with the FIN bit clear and an opcode other than 0, followed by zero or more frames with the FIN bit clear and the opcode set to 0, and terminated by a single frame with the FIN bit set and an opcode of 0.',
  ),
  why: 'A continuation without a beginning has no type: to guess one is to invent a message.',
  fix: 'Fail the connection with 1002 on opcode 0 while no fragmented message is open.',
  covers: [{ row: 'ws.fr.cont-first', autobahn: ['5.9-5.14'], literally: ['5.9-5.14'] }],
  run: server => tryViolations(server, cases, [1002]),
  selfTest: violationPeers(['continuation']),
} satisfies WebSocketCheck

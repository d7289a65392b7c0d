import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { violationPeers } from '../../peers/violation-peers.ts'
import { textMessage } from '../../websocket/echo.ts'
import { fragments } from '../../websocket/fragments.ts'
import { tryViolations } from '../../websocket/violation.ts'

const whole = textMessage('fragment1fragment2')
const stray = (fin: boolean) => ({ opcode: OPCODE.continuation, fin, payload: Buffer.from('fragment1') })
const inTwo = fragments(textMessage('fragment2fragment3'), 9)

export default {
  title: 'A continuation after the end of a message fails the connection',
  level: 'must',
  spec: rfc6455(
    '5.4',
    'A fragmented message consists of a single frame with the FIN bit clear and an opcode other than 0, followed by zero or more frames with the FIN bit clear and the opcode set to 0, and terminated by a single frame with the FIN bit set and an opcode of 0.',
  ),
  why: 'A server that forgets that the message has ended adds to it, or delivers it again.',
  fix: 'Clear the open message when FIN=1 has come, and fail with 1002 on the next opcode 0.',
  covers: [{ row: 'ws.fr.cont-after', autobahn: ['5.15-5.17'], literally: ['5.15-5.17'] }],
  run: server =>
    tryViolations(
      server,
      [
        {
          name: 'FIN=0 after a fragmented one',
          before: whole,
          beforeFrames: fragments(whole, 9),
          frames: [{ ...stray(false), payload: Buffer.from('fragment3') }, textMessage('fragment4')],
        },
        { name: 'FIN=1 after an unfragmented one', before: whole, frames: [stray(true), textMessage('Hello, world!')] },
        { name: 'FIN=0, then two fragments, twice', frames: [stray(false), ...inTwo, stray(false), ...inTwo] },
        { name: 'FIN=1, then two fragments, twice', frames: [stray(true), ...inTwo, stray(true), ...inTwo] },
      ],
      [1002],
    ),
  selfTest: violationPeers(['continuation']),
} satisfies WebSocketCheck

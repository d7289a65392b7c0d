import { encodeClosePayload } from '../../../protocol/websocket/close-code.ts'
import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { violationPeers } from '../../peers/violation-peers.ts'
import { tryViolations } from '../../websocket/violation.ts'

const inTwo = (name: string, opcode: number, first: Buffer, second: string) => ({
  name,
  frames: [
    { opcode, fin: false, payload: first },
    { opcode: OPCODE.continuation, payload: Buffer.from(second) },
  ],
})

export default {
  title: 'A fragmented control frame fails the connection',
  level: 'must',
  spec: rfc6455('5.4', 'Control frames themselves MUST NOT be fragmented.'),
  why: 'A server that waits for the rest of a ping mixes it up with the message around it.',
  fix: 'Fail the connection with 1002 on a control frame with FIN=0.',
  covers: [{ row: 'ws.fr.ctl-frag', autobahn: ['5.1', '5.2'], literally: ['5.1', '5.2'] }],
  run: server =>
    tryViolations(
      server,
      [
        inTwo('ping', OPCODE.ping, Buffer.from('fragment1'), 'fragment2'),
        inTwo('pong', OPCODE.pong, Buffer.from('fragment1'), 'fragment2'),
        inTwo('Close', OPCODE.close, encodeClosePayload(1000), 'reason'),
      ],
      [1002],
    ),
  selfTest: violationPeers(['control-fragmented', 'continuation']),
} satisfies WebSocketCheck

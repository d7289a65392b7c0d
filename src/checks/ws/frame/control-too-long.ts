import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { violationPeers } from '../../peers/violation-peers.ts'
import { tryViolations } from '../../websocket/violation.ts'

export default {
  title: 'A ping or pong of 126 bytes fails the connection',
  level: 'must',
  spec: rfc6455(
    '5.5',
    'All control frames MUST have a payload length of 125 bytes or less and MUST NOT be fragmented.',
  ),
  why: 'The limit keeps control frames answerable at once; a server without it buffers pings as large as the sender likes.',
  fix: 'Fail the connection with 1002 as soon as a control frame’s length field reads 126 or 127.',
  covers: [{ row: 'ws.fr.ctl-126', autobahn: ['2.5'], literally: ['2.5'] }],
  run: server =>
    tryViolations(
      server,
      [
        { name: 'ping of 126', frames: [{ opcode: OPCODE.ping, payload: Buffer.alloc(126, 0xfe) }] },
        { name: 'pong of 126', frames: [{ opcode: OPCODE.pong, payload: Buffer.alloc(126, 0xfe) }] },
        { name: 'ping of 65536', frames: [{ opcode: OPCODE.ping, payload: Buffer.alloc(65_536, 0xfe) }] },
      ],
      [1002],
    ),
  selfTest: violationPeers(['control-length']),
} satisfies WebSocketCheck

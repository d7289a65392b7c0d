import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc7692 } from '../../documents.ts'
import { violationPeers } from '../../peers/violation-peers.ts'
import { tryViolations } from '../../websocket/violation.ts'

const extensions = 'permessage-deflate'
const bad = (name: string, hex: string, opcode: number = OPCODE.text) => ({
  name,
  extensions,
  frames: [{ opcode, rsv1: true, payload: Buffer.from(hex, 'hex') }],
})

export default {
  title: 'Data that cannot be inflated fails the connection at once',
  level: 'must',
  spec: rfc7692(
    '7.2.2',
    'An endpoint uses the following algorithm to decompress a message.  1.  Append 4 octets of 0x00 0x00 0xff 0xff to the tail end of the payload of the message.  2.  Decompress the resulting data using DEFLATE.',
  ),
  why: 'After broken data the two windows differ for ever: a server that goes on delivers garbage or nothing, and the client waits.',
  fix: 'Fail the connection with 1007 (or 1002) on the first error of the inflater.',
  covers: [{ row: 'ws.pmd.garbage' }],
  needs: ['deflate'],
  run: server =>
    tryViolations(
      server,
      [
        bad('block type 3', 'ffffffffff'),
        bad('block type 3, binary', '06000000', OPCODE.binary),
        bad('stored length and its complement differ', '000500000048656c6c6f'),
        bad('a reference before the beginning', '2a864d5500'),
      ],
      [1007, 1002],
    ),
  selfTest: violationPeers(['deflate']),
} satisfies WebSocketCheck

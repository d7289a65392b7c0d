import { Deflater } from '../../../protocol/websocket/deflate.ts'
import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { violationPeers } from '../../peers/violation-peers.ts'
import { overlongAscii, singleSurrogates, surrogateInside } from '../../websocket/utf8-vectors.ts'
import { tryViolations } from '../../websocket/violation.ts'

const deflater = new Deflater({ contextTakeover: false, windowBits: 15 })
const cases = [...surrogateInside, ...overlongAscii.slice(0, 1), ...singleSurrogates.slice(0, 1)].map(
  ({ name, bytes }) => ({
    name,
    extensions: 'permessage-deflate',
    frames: [{ opcode: OPCODE.text, rsv1: true, payload: deflater.deflate(bytes) }],
  }),
)

export default {
  title: 'Compressed text that is not UTF-8 fails the connection with 1007',
  level: 'must',
  spec: rfc6455(
    '8.1',
    'When an endpoint is to interpret a byte stream as UTF-8 but finds that the byte stream is not, in fact, a valid UTF-8 stream, that endpoint MUST _Fail the WebSocket Connection_.',
  ),
  why: 'Where the check sits before the inflater, compression is the way round it.',
  fix: 'Validate the text after inflating it.',
  covers: [{ row: 'ws.pmd.utf8' }],
  needs: ['deflate'],
  run: server => tryViolations(server, cases, [1007]),
  selfTest: violationPeers(['utf8']),
} satisfies WebSocketCheck

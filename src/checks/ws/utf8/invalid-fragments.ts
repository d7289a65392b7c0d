import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { violationPeers } from '../../peers/violation-peers.ts'
import { textMessage } from '../../websocket/echo.ts'
import { fragments } from '../../websocket/fragments.ts'
import { overlongAscii, surrogateInside, tooLong } from '../../websocket/utf8-vectors.ts'
import { tryViolations } from '../../websocket/violation.ts'

const cases = [...surrogateInside, ...overlongAscii.slice(0, 1), ...tooLong.slice(0, 1)].map(({ name, bytes }) => ({
  name: `${name}, one octet per fragment`,
  frames: fragments(textMessage(bytes), 1),
}))

export default {
  title: 'Text that is not UTF-8 fails the connection however it is fragmented',
  level: 'must',
  spec: rfc6455(
    '8.1',
    'When an endpoint is to interpret a byte stream as UTF-8 but finds that the byte stream is not, in fact, a valid UTF-8 stream, that endpoint MUST _Fail the WebSocket Connection_.',
  ),
  why: 'A server that checks each fragment for itself, or only the first, lets invalid text pass in small pieces.',
  fix: 'Check the message as a whole, or carry the decoder’s state over its fragments.',
  covers: [{ row: 'ws.u8.frag-invalid', autobahn: ['6.3.2'], literally: ['6.3.2'] }],
  run: server => tryViolations(server, cases, [1007]),
  selfTest: violationPeers(['utf8']),
} satisfies WebSocketCheck

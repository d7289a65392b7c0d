import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { illegalClosePeers } from '../../peers/illegal-close-peers.ts'
import { tryCases } from '../../cases.ts'
import { closeWith, closing, judgeIllegalClose } from '../../websocket/closing.ts'
import { overlongAscii, surrogateInside } from '../../websocket/utf8-vectors.ts'

const cases = [...surrogateInside, ...overlongAscii.slice(0, 1)]

export default {
  title: 'A close reason that is not UTF-8 fails the connection and is not sent back',
  level: 'must',
  spec: rfc6455(
    '8.1',
    'When an endpoint is to interpret a byte stream as UTF-8 but finds that the byte stream is not, in fact, a valid UTF-8 stream, that endpoint MUST _Fail the WebSocket Connection_.',
  ),
  why: 'Reasons go to logs and screens without anybody looking at them again.',
  fix: 'Validate the reason of a Close like a text; answer with 1007 (or 1002) and no reason.',
  covers: [{ row: 'ws.u8.close-reason', autobahn: ['7.5.1'], literally: ['7.5.1'] }],
  run: server =>
    tryCases(cases, async ({ bytes }) =>
      judgeIllegalClose(await closing(server, closeWith(1000, bytes).payload), [1007, 1002]),
    ),
  selfTest: illegalClosePeers('close-utf8'),
} satisfies WebSocketCheck

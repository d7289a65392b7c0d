import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { violationPeers } from '../../peers/violation-peers.ts'
import { tryInvalidTexts } from '../../websocket/utf8-cases.ts'
import { overlongAscii, overlongMaximum, overlongNul } from '../../websocket/utf8-vectors.ts'

export default {
  title: 'Overlong forms fail the connection with 1007',
  level: 'must',
  spec: rfc6455(
    '8.1',
    'When an endpoint is to interpret a byte stream as UTF-8 but finds that the byte stream is not, in fact, a valid UTF-8 stream, that endpoint MUST _Fail the WebSocket Connection_.',
  ),
  why: 'A slash or NUL in an overlong form passes filters that look for the short one.',
  fix: 'Reject c0, c1 and the sequences that RFC 3629 §4 excludes after e0 and f0.',
  covers: [
    {
      row: 'ws.u8.overlong',
      autobahn: ['6.17.1-6.17.5', '6.18.1-6.18.5', '6.19.1-6.19.5'],
      literally: ['6.17.1-6.17.5', '6.18.1-6.18.5', '6.19.1-6.19.5'],
    },
  ],
  run: server => tryInvalidTexts(server, [...overlongAscii, ...overlongMaximum, ...overlongNul]),
  selfTest: violationPeers(['utf8']),
} satisfies WebSocketCheck

import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { violationPeers } from '../../peers/violation-peers.ts'
import { tryInvalidTexts } from '../../websocket/utf8-cases.ts'
import { pairedSurrogates, singleSurrogates } from '../../websocket/utf8-vectors.ts'

export default {
  title: 'UTF-16 surrogates fail the connection with 1007',
  level: 'must',
  spec: rfc6455(
    '8.1',
    'When an endpoint is to interpret a byte stream as UTF-8 but finds that the byte stream is not, in fact, a valid UTF-8 stream, that endpoint MUST _Fail the WebSocket Connection_.',
  ),
  why: 'Code that copies UTF-16 units one by one produces them; no decoder of UTF-8 takes them back.',
  fix: 'Reject a0 to bf after ed.',
  covers: [
    {
      row: 'ws.u8.surrogates',
      autobahn: ['6.20.1-6.20.7', '6.21.1-6.21.8'],
      literally: ['6.20.1-6.20.7', '6.21.1-6.21.8'],
    },
  ],
  run: server => tryInvalidTexts(server, [...singleSurrogates, ...pairedSurrogates]),
  selfTest: violationPeers(['utf8']),
} satisfies WebSocketCheck

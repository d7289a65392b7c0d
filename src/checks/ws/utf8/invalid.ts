import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { violationPeers } from '../../peers/violation-peers.ts'
import { tryInvalidTexts } from '../../websocket/utf8-cases.ts'
import {
  beyondUnicode,
  cut,
  cutInARow,
  impossible,
  justBeyondUnicode,
  loneContinuations,
  loneStarts,
  surrogateInside,
  tooLong,
} from '../../websocket/utf8-vectors.ts'

export default {
  title: 'Text that is not UTF-8 fails the connection with 1007',
  level: 'must',
  spec: rfc6455(
    '8.1',
    'When an endpoint is to interpret a byte stream as UTF-8 but finds that the byte stream is not, in fact, a valid UTF-8 stream, that endpoint MUST _Fail the WebSocket Connection_.',
  ),
  why: 'What one side passes on as text the next cannot decode: replacement characters, exceptions far away, filters that can be got round.',
  fix: 'Validate every text message, for instance with the platform’s UTF-8 decoder in its fatal mode, and close with 1007.',
  covers: [
    {
      row: 'ws.u8.invalid',
      autobahn: [
        '6.3.1',
        '6.8.1',
        '6.8.2',
        '6.10.1-6.10.3',
        '6.11.5',
        '6.12.1-6.12.8',
        '6.13.1-6.13.5',
        '6.14.1-6.14.10',
        '6.15.1',
        '6.16.1-6.16.3',
      ],
      literally: [
        '6.3.1',
        '6.8.1',
        '6.8.2',
        '6.10.1-6.10.3',
        '6.11.5',
        '6.12.1-6.12.8',
        '6.13.1-6.13.5',
        '6.14.1-6.14.10',
        '6.15.1',
        '6.16.1-6.16.3',
      ],
    },
  ],
  run: server =>
    tryInvalidTexts(server, [
      ...surrogateInside,
      ...tooLong,
      ...beyondUnicode,
      ...justBeyondUnicode,
      ...loneContinuations,
      ...loneStarts,
      ...cut,
      ...cutInARow,
      ...impossible,
    ]),
  selfTest: violationPeers(['utf8']),
} satisfies WebSocketCheck

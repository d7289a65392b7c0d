import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { type EchoCase, textMessage, tryEchoes } from '../../websocket/echo.ts'
import { fragments } from '../../websocket/fragments.ts'
import { MIXED, sentences } from '../../websocket/utf8-vectors.ts'

const german = textMessage('Hello-µ@ßöäüàá-UTF-8!!')
const greek = textMessage(MIXED)

const cases: EchoCase[] = [
  { name: 'unfragmented', message: german },
  { name: 'cut between characters', message: german, frames: fragments(german, [12]) },
  { name: 'one octet per fragment', message: german, frames: fragments(german, 1) },
  { name: 'Greek, one octet per fragment', message: greek, frames: fragments(greek, 1) },
  { name: 'Greek, one octet per segment', message: greek, split: 1 },
  ...sentences.map(({ name, bytes }) => ({ name, message: textMessage(bytes) })),
]

export default {
  title: 'Text in UTF-8 is received whole, wherever it is cut',
  level: 'must',
  spec: rfc6455(
    '5.6',
    'Note that a particular text frame might include a partial UTF-8 sequence; however, the whole message MUST contain valid UTF-8.',
  ),
  why: 'Fragments and segments end within characters; a server that checks or decodes each piece for itself refuses or damages good text.',
  fix: 'Carry the state of the UTF-8 decoder over fragments and reads.',
  covers: [
    {
      row: 'ws.u8.valid',
      autobahn: ['6.2.1-6.2.4', '6.5.1-6.5.5'],
      literally: ['6.2.1-6.2.4', '6.5.1-6.5.5'],
    },
  ],
  needs: ['echo'],
  run: server => tryEchoes(server, cases),
  selfTest: {
    passes: {
      'checks as it comes': webSocketServer(),
      'checks at the end': webSocketServer({ utf8: 'message' }),
    },
    fails: {
      'checks each fragment': {
        peer: webSocketServer({
          frame: (frame, side) => frame.payload.toString('utf8').includes('\ufffd') && (side.close(1007), true),
        }),
        says: 'one octet per fragment',
      },
      'damages what is not ASCII': webSocketServer({
        message: (side, opcode, payload) => side.message(opcode, Buffer.from(payload.toString('latin1'))),
      }),
    },
  },
} satisfies WebSocketCheck

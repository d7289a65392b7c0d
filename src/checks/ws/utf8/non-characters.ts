import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { tryValidTexts } from '../../websocket/utf8-cases.ts'
import { nonCharacters, specials, type Vector } from '../../websocket/utf8-vectors.ts'

const inside: Vector[] = [
  { name: 'byte order mark first', bytes: Buffer.from('\ufeffafter the mark') },
  { name: 'byte order mark inside', bytes: Buffer.from('before\ufeffafter') },
  { name: 'NUL inside', bytes: Buffer.from('before\0after') },
]

export default {
  title: 'Non-characters, specials, byte order mark and NUL are text and come back unchanged',
  level: 'must',
  spec: rfc6455(
    '5.6',
    'Note that a particular text frame might include a partial UTF-8 sequence; however, the whole message MUST contain valid UTF-8.',
  ),
  why: 'They are well-formed UTF-8: to refuse, replace or strip them changes what the application was sent.',
  fix: 'Do not filter code points; switch the removal of the byte order mark off (ignoreBOM).',
  covers: [
    {
      row: 'ws.u8.nonchar-ok',
      autobahn: ['6.22.1-6.22.34', '6.23.1-6.23.7'],
      literally: ['6.22.1-6.22.34', '6.23.1-6.23.7'],
    },
  ],
  needs: ['echo'],
  run: server => tryValidTexts(server, [...nonCharacters, ...specials, ...inside]),
  selfTest: {
    passes: { 'echoes them': webSocketServer() },
    fails: {
      'refuses non-characters': {
        peer: webSocketServer({
          frame: (frame, side) => /[\ufffe\uffff]/.test(frame.payload.toString('utf8')) && (side.close(1007), true),
        }),
        says: 'U+FFFE',
      },
      'strips the byte order mark': {
        peer: webSocketServer({
          message: (side, opcode, payload) =>
            side.message(opcode, Buffer.from(payload.toString('utf8').replace(/^\ufeff/, ''))),
        }),
        says: 'byte order mark first',
      },
    },
  },
} satisfies WebSocketCheck

import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { tryValidTexts } from '../../websocket/utf8-cases.ts'
import { firstOfLength, lastOfLength, validBorders } from '../../websocket/utf8-vectors.ts'

export default {
  title: 'The first and last characters of each length are text',
  level: 'must',
  spec: rfc6455(
    '5.6',
    'Note that a particular text frame might include a partial UTF-8 sequence; however, the whole message MUST contain valid UTF-8.',
  ),
  why: 'A validator that compares with < where it needs <= refuses exactly these.',
  fix: 'Use the platform’s UTF-8 decoder in its strict mode, or the table of RFC 3629 §4.',
  covers: [
    {
      row: 'ws.u8.boundary-ok',
      autobahn: ['6.7.1-6.7.4', '6.9.1-6.9.4', '6.11.1-6.11.4'],
      literally: ['6.7.1-6.7.4', '6.9.1-6.9.4', '6.11.1-6.11.4'],
    },
  ],
  needs: ['echo'],
  run: server => tryValidTexts(server, [...firstOfLength, ...lastOfLength, ...validBorders]),
  selfTest: {
    passes: { 'echoes them': webSocketServer() },
    fails: {
      'knows no four octets': {
        peer: webSocketServer({
          frame: (frame, side) => frame.payload.some(octet => octet >= 0xf0) && (side.close(1007), true),
        }),
        says: 'f0908080',
      },
      'ends texts at NUL': webSocketServer({
        message: (side, opcode, payload) => side.message(opcode, payload.filter(octet => octet !== 0) as Buffer),
      }),
    },
  },
} satisfies WebSocketCheck

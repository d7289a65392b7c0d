import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { tryCases } from '../../cases.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { textMessage, tryEchoes } from '../../websocket/echo.ts'
import { tryInvalidTexts } from '../../websocket/utf8-cases.ts'
import { MIXED } from '../../websocket/utf8-vectors.ts'

/** Where a character of MIXED ends. */
const WHOLE = new Set([2, 5, 7, 9, 11])

const cases = Array.from(MIXED, (_octet, index) => ({
  name: `the first ${index + 1} octets`,
  bytes: MIXED.subarray(0, index + 1),
  whole: WHOLE.has(index + 1),
}))

export default {
  title: 'A text may end after a character and nowhere else',
  level: 'must',
  spec: rfc6455(
    '8.1',
    'When an endpoint is to interpret a byte stream as UTF-8 but finds that the byte stream is not, in fact, a valid UTF-8 stream, that endpoint MUST _Fail the WebSocket Connection_.',
  ),
  why: 'A message that ends within a character was cut on its way: to deliver it hides the loss.',
  fix: 'At the end of a message check that no UTF-8 sequence is open, and fail with 1007 if one is.',
  covers: [{ row: 'ws.u8.prefixes', autobahn: ['6.6.1-6.6.11'], literally: ['6.6.1-6.6.11'] }],
  needs: ['echo'],
  run: server =>
    tryCases(cases, ({ name, bytes, whole }) =>
      whole ? tryEchoes(server, [{ name, message: textMessage(bytes) }]) : tryInvalidTexts(server, [{ name, bytes }]),
    ),
  selfTest: {
    passes: {
      'checks the end': webSocketServer(),
      'drops the connection': webSocketServer({ failing: side => side.connection.reset() }),
    },
    warns: { 'closes with 1002': webSocketServer({ failing: side => side.close(1002) }) },
    fails: {
      'does not check': { peer: webSocketServer({ tolerates: ['utf8'] }), says: 'the first 1 octets' },
      'refuses all but ASCII': webSocketServer({
        message: (side, opcode, payload) =>
          payload.every(octet => octet < 0x80) ? side.message(opcode, payload) : side.close(1007),
      }),
    },
  },
} satisfies WebSocketCheck

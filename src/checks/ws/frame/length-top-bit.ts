import { OPCODE } from '../../../protocol/websocket/opcode.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { fail, warn } from '../../verdict.ts'
import { commit } from '../../websocket/violation.ts'
import { judgeFailure } from '../../websocket-outcome.ts'

const expected = 'Close 1002 or 1009, or the connection ended'

export default {
  title: 'A 64-bit length with its highest bit set fails the connection at once',
  level: 'must',
  spec: rfc6455(
    '5.2',
    'If 127, the following 8 bytes interpreted as a 64-bit unsigned integer (the most significant bit MUST be 0) are the payload length.',
  ),
  why: 'Read as a signed number it is negative: parsers lose their place and take payload for frames.',
  fix: 'Fail the connection with 1002 (or 1009) when the first of the eight octets is over 7f, before any arithmetic.',
  covers: [{ row: 'ws.fr.len64-msb' }],
  async run(server) {
    const outcome = await commit(server, {
      name: '2^63 + 5',
      frames: [
        { opcode: OPCODE.text, payload: Buffer.from('hello'), declaredLength: (1n << 63n) + 5n },
        { opcode: OPCODE.ping, payload: Buffer.from('after') },
      ],
    })
    if (outcome.failed) return judgeFailure(outcome, [1002, 1009])
    // Nobody can wait for 8 EiB, but the document does not say that a server may not.
    if (outcome.answered.length === 0 && outcome.end === null && !outcome.observed.includes('stays open')) {
      return warn(expected, outcome.observed)
    }
    return fail(expected, outcome.observed)
  },
  selfTest: {
    passes: {
      'closes with 1002': webSocketServer(),
      'closes with 1009': webSocketServer({ tolerates: ['length-msb'] }),
      'drops the connection': webSocketServer({ failing: side => side.connection.reset() }),
    },
    warns: {
      'waits for the rest': { peer: webSocketServer({ failing: () => {} }), says: 'still open' },
      'closes with 1011': webSocketServer({ failing: side => side.close(1011) }),
    },
    fails: {
      'reads on after it': webSocketServer({
        failing: side => side.send({ opcode: OPCODE.pong, payload: Buffer.from('after') }),
      }),
      'takes it for 5 bytes': webSocketServer({
        failing(side) {
          side.text('hello')
          side.send({ opcode: OPCODE.pong, payload: Buffer.from('rtbench-still-there') })
        },
      }),
    },
  },
} satisfies WebSocketCheck

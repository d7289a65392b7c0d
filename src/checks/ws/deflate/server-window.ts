import { formatDeflate } from '../../../protocol/websocket/deflate-parameters.ts'
import { describeAnswer } from '../../../wire/describe-received.ts'
import { answerStatus, type WebSocketServer } from '../../../wire/websocket-server.ts'
import { tryCases } from '../../cases.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc7692 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { refusal } from '../../peers/http-response.ts'
import { answersDeflate, declinesDeflate, keepsWindow } from '../../peers/deflate-response.ts'
import { fail, pass, type Verdict, warn } from '../../verdict.ts'
import { connectDeflate } from '../../websocket/deflate-connection.ts'
import { binaryMessage } from '../../websocket/echo.ts'
import { farRepetition } from '../../websocket/far-repetition.ts'

const LARGEST_BITS = 15
const BITS = [9, 10, 11, 12, 13, 14, LARGEST_BITS]
const message = binaryMessage(farRepetition(15))

/** An offer that is well formed is declined by leaving the extension out. */
async function declined(server: WebSocketServer, bits: number): Promise<Verdict> {
  const { answer } = await server.upgrade({ extensions: formatDeflate({ serverMaxWindowBits: bits }) })
  return answerStatus(answer) === 101
    ? pass('declined')
    : warn('101 with or without the extension', describeAnswer(answer))
}

export default {
  title: 'A server that has agreed to a window does not refer back beyond it',
  level: 'must',
  spec: rfc7692(
    '7.1.2.1',
    'A server accepts an extension negotiation offer with this parameter by including the "server_max_window_bits" extension parameter in the extension negotiation response to send back to the client with the same or smaller value as the offer.',
  ),
  why: 'A small client asks for a small window because it has no memory for more: what refers further back it cannot read.',
  fix: 'Give the compressor the agreed window, or decline the offer; accepting and ignoring it breaks the client.',
  covers: [
    {
      row: 'ws.pmd.smwb',
      autobahn: ['13.3.1-13.3.18', '13.4.1-13.4.18', '13.5.1-13.5.18', '13.6.1-13.6.18'],
    },
  ],
  needs: ['echo', 'deflate'],
  run: server =>
    tryCases(
      BITS.map(bits => ({ name: `server_max_window_bits=${bits}`, bits })),
      async ({ bits }) => {
        const connection = await connectDeflate(server, { serverMaxWindowBits: bits })
        if (connection === null) return declined(server, bits)
        const agreed = connection.agreed.serverMaxWindowBits
        if (agreed === null || agreed > bits) {
          const expected = `server_max_window_bits of at most ${bits}, or no extension`
          const observed = `accepted with ${agreed ?? 'none'}`
          // No window is larger than 15 bits: what was asked for holds without being said.
          return bits === LARGEST_BITS ? warn(expected, observed) : fail(expected, observed)
        }
        for (let round = 0; round < 2; round += 1) {
          connection.socket.send(connection.compressed(message))
          const verdict = await connection.awaitEcho(message, ({ farthestDistance }) =>
            farthestDistance <= 1 << agreed
              ? null
              : fail(`references within ${1 << agreed} bytes`, `one over ${farthestDistance} bytes`),
          )
          if (verdict.kind !== 'pass') return verdict
        }
        connection.socket.finish()
        return pass()
      },
    ),
  selfTest: {
    passes: {
      'keeps to it': webSocketServer(),
      declines: webSocketServer({ respond: declinesDeflate }),
    },
    warns: {
      'refuses the connection': {
        peer: webSocketServer({ respond: usual => (usual.status === 101 ? refusal(400, 'no') : usual) }),
        says: '400',
      },
      'does not confirm 15 bits': {
        peer: webSocketServer({
          respond: usual =>
            usual.headers.some(([, value]) => value.includes('=15'))
              ? answersDeflate('permessage-deflate')(usual)
              : usual,
        }),
        says: 'server_max_window_bits=15: accepted with none',
      },
    },
    fails: {
      'accepts without saying so': {
        peer: webSocketServer({ respond: answersDeflate('permessage-deflate') }),
        says: 'accepted with none',
      },
      'accepts with more': webSocketServer({
        respond: answersDeflate('permessage-deflate; server_max_window_bits=15'),
      }),
      'ignores it': {
        peer: keepsWindow('permessage-deflate; server_max_window_bits=9'),
        says: 'one over',
      },
      'damages messages': webSocketServer({
        message: (side, opcode, payload) => side.message(opcode, payload.subarray(1)),
      }),
    },
  },
} satisfies WebSocketCheck

import { describeAnswer } from '../../../wire/describe-received.ts'
import { answerStatus } from '../../../wire/websocket-server.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc7692 } from '../../documents.ts'
import { keepsWindow } from '../../peers/deflate-response.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { fail, pass, warn } from '../../verdict.ts'
import { connectDeflate } from '../../websocket/deflate-connection.ts'
import { binaryMessage } from '../../websocket/echo.ts'
import { farRepetition } from '../../websocket/far-repetition.ts'

const EXPECTED = '101 with or without the extension'
const OFFER = 'permessage-deflate; server_max_window_bits=8'
const message = binaryMessage(farRepetition(11))

export default {
  title: 'The smallest window, 8 bits, is accepted or declined',
  level: 'must',
  spec: rfc7692(
    '7.1.2.1',
    'This parameter has a decimal integer value without leading zeroes between 8 to 15, inclusive, indicating the base-2 logarithm of the LZ77 sliding window size',
  ),
  why: 'zlib cannot make raw streams with 8 bits: servers that pass the value on break down with an error of the server or of the connection.',
  fix: 'Decline the offer, or compress with a window whose references stay below 256 octets.',
  covers: [{ row: 'ws.pmd.smwb8' }],
  needs: ['echo', 'deflate'],
  async run(server) {
    const { answer, socket } = await server.upgrade({ extensions: OFFER })
    const observed = describeAnswer(answer, ['Sec-WebSocket-Extensions'])
    const status = answerStatus(answer)
    if (status !== 101) {
      const refused = status !== null && status >= 400 && status < 500
      return refused ? warn(EXPECTED, observed) : fail(EXPECTED, observed)
    }
    socket?.finish()
    const connection = await connectDeflate(server, OFFER)
    if (connection === null) return pass('declined')
    connection.socket.send(connection.compressed(message))
    const verdict = await connection.awaitEcho(message, ({ farthestDistance }) =>
      farthestDistance <= 256 ? null : fail('references within 256 bytes', `one over ${farthestDistance} bytes`),
    )
    return verdict.kind === 'pass' ? pass(observed) : verdict
  },
  selfTest: {
    passes: {
      'accepts it': webSocketServer(),
      'declines it': { peer: webSocketServer({ deflate: false }), says: 'declined' },
    },
    warns: { 'answers 400': webSocketServer({ respond: usual => ({ ...usual, status: 400 }) }) },
    fails: {
      'breaks down in the handshake': {
        peer: webSocketServer({ respond: usual => ({ ...usual, status: 500, reason: 'Internal Server Error' }) }),
        says: '500',
      },
      'breaks down with the first message': {
        peer: webSocketServer({ message: side => side.close(1011) }),
        says: 'Close 1011',
      },
      'refers further back': { peer: keepsWindow('permessage-deflate; server_max_window_bits=8'), says: 'one over' },
    },
  },
} satisfies WebSocketCheck

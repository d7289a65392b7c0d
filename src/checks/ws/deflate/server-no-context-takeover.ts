import { formatDeflate } from '../../../protocol/websocket/deflate-parameters.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc7692 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { answersDeflate } from '../../peers/deflate-response.ts'
import { keepsWindow } from '../../peers/deflate-response.ts'
import { fail, pass, skip } from '../../verdict.ts'
import { connectDeflate } from '../../websocket/deflate-connection.ts'
import { textMessage } from '../../websocket/echo.ts'

const NAME = 'server_no_context_takeover'
const message = textMessage('the same words again and again, the same words once more. '.repeat(20))

export default {
  title: 'A server that has agreed to server_no_context_takeover compresses each message by itself',
  level: 'must',
  spec: rfc7692(
    '7.1.1.1',
    'A server accepts an extension negotiation offer that includes the "server_no_context_takeover" extension parameter by including the "server_no_context_takeover" extension parameter in the corresponding extension negotiation response to send back to the client.',
  ),
  why: 'A client that has thrown its window away cannot read a message that refers to the one before.',
  fix: 'Reset the compressor after each message, or decline the offer.',
  covers: [{ row: 'ws.pmd.snct', autobahn: ['13.2.1-13.2.18'] }],
  needs: ['echo', 'deflate'],
  async run(server) {
    const connection = await connectDeflate(server, { serverNoContextTakeover: true })
    if (connection === null) return skip(`it declines ${NAME}`)
    if (!connection.agreed.serverNoContextTakeover) {
      return fail(`${NAME} in the response, or no extension`, formatDeflate(connection.agreed))
    }
    for (let round = 0; round < 4; round += 1) {
      connection.socket.send(connection.compressed(message))
      const verdict = await connection.awaitEcho(message, ({ reachesBackBytes }) =>
        reachesBackBytes === 0
          ? null
          : fail(
              'no reference to an earlier message',
              `a reference ${reachesBackBytes} bytes before message ${round + 1}`,
            ),
      )
      if (verdict.kind !== 'pass') return verdict
    }
    return pass('4 messages, each by itself')
  },
  selfTest: {
    passes: { 'resets its window': webSocketServer() },
    fails: {
      'accepts without saying so': {
        peer: webSocketServer({ respond: answersDeflate('permessage-deflate') }),
        says: 'permessage-deflate',
      },
      'keeps its window': {
        peer: keepsWindow('permessage-deflate; server_no_context_takeover'),
        says: 'before message 2',
      },
    },
    skips: { declines: webSocketServer({ deflate: false }) },
  },
} satisfies WebSocketCheck

import { acceptedDeflate } from '../../../protocol/websocket/handshake-response.ts'
import { describeAnswer } from '../../../wire/describe-received.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc7692 } from '../../documents.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { answersDeflate, declinesDeflate } from '../../peers/deflate-response.ts'
import { tryCases } from '../../cases.ts'
import { fail, pass, warn } from '../../verdict.ts'
import { responseFaults } from '../../websocket/deflate-refusal.ts'
import { answerHeader, answerStatus } from '../../../wire/websocket-server.ts'

const NAME = 'Sec-WebSocket-Extensions'
const EXPECTED = '101 with the offer that can be accepted'
const offers = [
  'permessage-deflate; server_max_window_bits=7, permessage-deflate',
  'permessage-deflate; server_no_context_takeover; server_max_window_bits=9, permessage-deflate; server_no_context_takeover, permessage-deflate',
].map(name => ({ name }))

export default {
  title: 'Of several offers one that can be accepted is chosen',
  level: 'must',
  spec: rfc7692(
    '5',
    'A client may also offer multiple PMCE choices to the server by including multiple elements in the "Sec-WebSocket-Extensions" header',
  ),
  why: 'Clients list what they would like best first; a server that looks only at the first element declines for no reason.',
  fix: 'Go through the elements in order and accept the first that is valid and supported.',
  covers: [{ row: 'ws.pmd.fallback', autobahn: ['13.7.1-13.7.18'] }],
  needs: ['deflate'],
  run: server =>
    tryCases(offers, async ({ name }) => {
      const { answer, socket } = await server.upgrade({ extensions: name })
      const observed = describeAnswer(answer, [NAME])
      if (socket === null) {
        const status = answerStatus(answer)
        // As for an invalid offer alone: refusing all of it is not what the document says, but does no harm.
        const refused = status !== null && status >= 400 && status < 500
        return refused ? warn(EXPECTED, observed) : fail(EXPECTED, observed)
      }
      const fault = responseFaults(answerHeader(answer, NAME))
      const agreed = acceptedDeflate(socket.head)
      socket.finish()
      if (fault !== null) return fail(EXPECTED, `${observed} (${fault})`)
      return agreed === null ? warn(EXPECTED, observed) : pass(observed)
    }),
  selfTest: {
    passes: { 'chooses the second': webSocketServer() },
    warns: {
      'looks at the first only': webSocketServer({ respond: declinesDeflate }),
      'answers 400': webSocketServer({ respond: usual => ({ ...usual, status: 400 }) }),
    },
    fails: {
      'chooses the first': {
        peer: webSocketServer({ respond: answersDeflate('permessage-deflate; server_max_window_bits=7') }),
        says: 'server_max_window_bits=7',
      },
      'breaks down': webSocketServer({ respond: usual => ({ ...usual, status: 500 }) }),
    },
  },
} satisfies WebSocketCheck

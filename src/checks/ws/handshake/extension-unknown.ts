import { describeAnswer } from '../../../wire/describe-received.ts'
import { answerHeader, answerStatus } from '../../../wire/websocket-server.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { refusal, withHeader } from '../../peers/http-response.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { fail, pass } from '../../verdict.ts'

const NAME = 'Sec-WebSocket-Extensions'
const OFFER = 'x-rtbench-unknown; a=1; b'

export default {
  title: 'An unknown extension is passed over',
  level: 'must',
  spec: rfc6455(
    '4.1',
    "the response includes a |Sec-WebSocket-Extensions| header field and this header field indicates the use of an extension that was not present in the client's handshake (the server has indicated an extension not requested by the client), the client MUST _Fail the WebSocket Connection_.",
  ),
  why: 'Clients offer what they can; a server that refuses or accepts what it does not know shuts them out or breaks them.',
  fix: 'Leave extensions that are not implemented out of the answer and go on without them.',
  covers: [{ row: 'ws.hs.ext-unknown' }],
  async run(server) {
    const { answer } = await server.upgrade({ extensions: OFFER })
    const observed = `offered ${OFFER}: ${describeAnswer(answer, [NAME])}`
    const expected = `101 without ${NAME}`
    if (answerHeader(answer, NAME).length > 0) return fail(expected, observed)
    return answerStatus(answer) === 101 ? pass(observed) : fail(expected, observed)
  },
  selfTest: {
    passes: { 'goes without': webSocketServer() },
    fails: {
      'claims to use it': webSocketServer({ respond: usual => withHeader(usual, NAME, 'x-rtbench-unknown') }),
      refuses: webSocketServer({ respond: () => refusal(400, 'unknown extension') }),
    },
  },
} satisfies WebSocketCheck

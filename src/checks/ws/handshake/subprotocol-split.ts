import { headerAll } from '../../../protocol/http1/head.ts'
import { describeAnswer } from '../../../wire/describe-received.ts'
import { answerHeader, answerStatus } from '../../../wire/websocket-server.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { lines } from '../../handshake-outcome.ts'
import { refusal, withHeader } from '../../peers/http-response.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { fail, pass } from '../../verdict.ts'

const NAME = 'Sec-WebSocket-Protocol'
const UNKNOWN = 'rtbench.unknown'

export default {
  title: 'Subprotocols in two header lines count as one list',
  level: 'must',
  spec: rfc6455(
    '11.3.4',
    'The |Sec-WebSocket-Protocol| header field MAY appear multiple times in an HTTP request (which is logically the same as a single |Sec-WebSocket-Protocol| header field that contains all values).',
  ),
  why: 'Proxies and client libraries split and join header lines; the choice must not depend on it.',
  fix: 'Join all lines of the header with commas before the list is read.',
  covers: [{ row: 'ws.hs.sub-split' }],
  needs: ['subprotocol'],
  async run(server) {
    const known = server.capabilities.subprotocols[0]!
    const joined = await server.upgrade({ subprotocols: [UNKNOWN, known] })
    const split = await server.upgrade(lines(NAME.toLowerCase(), `${NAME}: ${UNKNOWN}`, `${NAME}: ${known}`))
    const expected = `as with one line: ${describeAnswer(joined.answer, [NAME])}`
    const observed = describeAnswer(split.answer, [NAME])
    const same =
      answerStatus(split.answer) === answerStatus(joined.answer) &&
      answerHeader(split.answer, NAME).join() === answerHeader(joined.answer, NAME).join()
    return same ? pass(observed) : fail(expected, observed)
  },
  selfTest: {
    passes: { 'joins the lines': webSocketServer() },
    fails: {
      'reads the first line only': webSocketServer({
        respond: (usual, request) => (headerAll(request, NAME).length > 1 ? withHeader(usual, NAME) : usual),
      }),
      'refuses two lines': webSocketServer({
        respond: (usual, request) => (headerAll(request, NAME).length > 1 ? refusal(400, 'twice') : usual),
      }),
    },
  },
} satisfies WebSocketCheck

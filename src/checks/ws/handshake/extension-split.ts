import { headerAll } from '../../../protocol/http1/head.ts'
import { describeAnswer } from '../../../wire/describe-received.ts'
import { answerHeader, answerStatus } from '../../../wire/websocket-server.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { lines } from '../../handshake-outcome.ts'
import { refusal, withHeader } from '../../peers/http-response.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { fail, pass } from '../../verdict.ts'

const NAME = 'Sec-WebSocket-Extensions'
const LINES = ['x-rtbench-unknown', 'permessage-deflate']

export default {
  title: 'Extensions in two header lines count as one list',
  level: 'must',
  spec: rfc6455(
    '9.1',
    'Note that like other HTTP header fields, this header field MAY be split or combined across multiple lines.',
  ),
  why: 'Proxies and client libraries split and join header lines; what is negotiated must not depend on it.',
  fix: 'Join all lines of the header with commas before the list is read.',
  covers: [{ row: 'ws.hs.ext-split' }],
  async run(server) {
    const joined = await server.upgrade({ extensions: LINES.join(', ') })
    const split = await server.upgrade(lines(NAME.toLowerCase(), ...LINES.map(value => `${NAME}: ${value}`)))
    const observed = describeAnswer(split.answer, [NAME])
    const same =
      answerStatus(split.answer) === answerStatus(joined.answer) &&
      answerHeader(split.answer, NAME).join() === answerHeader(joined.answer, NAME).join()
    return same ? pass(observed) : fail(`as with one line: ${describeAnswer(joined.answer, [NAME])}`, observed)
  },
  selfTest: {
    passes: { 'joins the lines': webSocketServer(), 'compresses never': webSocketServer({ deflate: false }) },
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

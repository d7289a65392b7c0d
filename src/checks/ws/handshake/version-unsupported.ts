import { describeAnswer } from '../../../wire/describe-received.ts'
import { answerHeader } from '../../../wire/websocket-server.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { judgeError, lines } from '../../handshake-outcome.ts'
import { withHeader } from '../../peers/http-response.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { fail } from '../../verdict.ts'

const NAME = 'Sec-WebSocket-Version'

export default {
  title: 'An unknown version is refused with the list of known ones',
  level: 'must',
  spec: rfc6455(
    '4.4',
    "If the server doesn't support the requested version, it MUST respond with a |Sec-WebSocket-Version| header field (or multiple |Sec-WebSocket-Version| header fields) containing all versions it is willing to use.",
  ),
  why: 'A later client can only fall back to version 13 if it is told that the server speaks it.',
  fix: 'Answer any version but 13 with 426 and Sec-WebSocket-Version: 13.',
  covers: [{ row: 'ws.hs.ver-unsupported' }],
  async run(server) {
    const { answer } = await server.upgrade(lines(NAME.toLowerCase(), `${NAME}: 99`))
    const refused = judgeError(answer)
    if (refused.kind === 'fail') return refused
    const observed = describeAnswer(answer, [NAME])
    return answerHeader(answer, NAME).length > 0 ? refused : fail(`${NAME} with the versions that are spoken`, observed)
  },
  selfTest: {
    passes: { 'lists 13': webSocketServer() },
    warns: { 'a server error': webSocketServer({ respond: usual => ({ ...usual, status: 500 }) }) },
    fails: {
      'opens all the same': webSocketServer({ accepts: ['version', 'version-value'] }),
      'lists nothing': { peer: webSocketServer({ respond: usual => withHeader(usual, NAME) }), says: '426' },
    },
  },
} satisfies WebSocketCheck

import { describeAnswer } from '../../../wire/describe-received.ts'
import { answerHeader, answerStatus } from '../../../wire/websocket-server.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { lines } from '../../handshake-outcome.ts'
import { refusal, withHeader } from '../../peers/http-response.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { fail, pass, warn } from '../../verdict.ts'

export default {
  title: 'An unknown version is answered with 426, and a 426 says what to upgrade to',
  level: 'must',
  spec: rfc6455(
    '4.2.2',
    'If this version does not match a version understood by the server, the server MUST abort the WebSocket handshake described in this section and instead send an appropriate HTTP error code (such as 426 Upgrade Required)',
  ),
  why: '400 looks like a broken request; 426 tells a client that another version would do. A 426 without Upgrade breaks RFC 9110 §15.5.22.',
  fix: 'Answer 426 with Upgrade: websocket.',
  covers: [{ row: 'ws.hs.ver-426' }],
  async run(server) {
    const { answer } = await server.upgrade(lines('sec-websocket-version', 'Sec-WebSocket-Version: 99'))
    const observed = describeAnswer(answer, ['Upgrade'])
    const status = answerStatus(answer)
    if (status === 101 || status === null) return fail('426 with Upgrade: websocket', observed)
    if (status !== 426) return warn('426', observed)
    return answerHeader(answer, 'Upgrade').length > 0
      ? pass(observed)
      : fail('an Upgrade header with the 426', observed)
  },
  selfTest: {
    passes: { '426 with Upgrade': webSocketServer() },
    warns: { '400': webSocketServer({ respond: () => refusal(400, 'version') }) },
    fails: {
      '426 without Upgrade': webSocketServer({ respond: usual => withHeader(usual, 'Upgrade') }),
      '101': webSocketServer({ accepts: ['version-value'] }),
    },
  },
} satisfies WebSocketCheck

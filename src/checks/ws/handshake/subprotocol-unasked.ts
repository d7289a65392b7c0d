import { describeAnswer } from '../../../wire/describe-received.ts'
import { answerHeader } from '../../../wire/websocket-server.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { withHeader } from '../../peers/http-response.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { fail, pass } from '../../verdict.ts'

const NAME = 'Sec-WebSocket-Protocol'

export default {
  title: 'No subprotocol is chosen where none was offered',
  level: 'must',
  spec: rfc6455(
    '4.2.2',
    "If the client's handshake did not contain such a header field or if the server does not agree to any of the client's requested subprotocols, the only acceptable value is null.",
  ),
  why: 'Browsers fail a connection that was given a subprotocol which the page did not ask for.',
  fix: 'Send Sec-WebSocket-Protocol only in answer to one.',
  covers: [{ row: 'ws.hs.sub-none' }],
  async run(server) {
    const { answer } = await server.upgrade({ subprotocols: [] })
    const observed = describeAnswer(answer, [NAME])
    return answerHeader(answer, NAME).length === 0 ? pass(observed) : fail(`no ${NAME}`, observed)
  },
  selfTest: {
    passes: { 'none is chosen': webSocketServer() },
    fails: {
      'its favourite is chosen': webSocketServer({ respond: usual => withHeader(usual, NAME, 'rtbench') }),
      'an empty value': webSocketServer({ respond: usual => withHeader(usual, NAME, '') }),
    },
  },
} satisfies WebSocketCheck

import { describeAnswer } from '../../../wire/describe-received.ts'
import { answerHeader } from '../../../wire/websocket-server.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { withHeader } from '../../peers/http-response.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { fail, pass } from '../../verdict.ts'

const NAME = 'Upgrade'

export default {
  title: 'The 101 says Upgrade: websocket',
  level: 'must',
  spec: rfc6455('4.2.2', 'An |Upgrade| header field with value "websocket" as per RFC 2616 [RFC2616].'),
  why: 'A client fails a connection whose 101 does not name the protocol that it switches to.',
  fix: 'Send exactly one Upgrade header with the one value websocket.',
  covers: [{ row: 'ws.hs.upgrade' }],
  async run(server) {
    const { answer } = await server.upgrade()
    const values = answerHeader(answer, NAME)
    const observed = describeAnswer(answer, [NAME])
    const right = values.length === 1 && values[0]!.toLowerCase() === 'websocket'
    return right ? pass(observed) : fail('Upgrade: websocket, once and alone', observed)
  },
  selfTest: {
    passes: {
      'in lower case': webSocketServer(),
      'in capitals': webSocketServer({ respond: usual => withHeader(usual, NAME, 'WebSocket') }),
    },
    fails: {
      'no header': webSocketServer({ respond: usual => withHeader(usual, NAME) }),
      'another protocol': { peer: webSocketServer({ respond: usual => withHeader(usual, NAME, 'h2c') }), says: 'h2c' },
      'the header twice': webSocketServer({ respond: usual => withHeader(usual, NAME, 'websocket', 'websocket') }),
    },
  },
} satisfies WebSocketCheck

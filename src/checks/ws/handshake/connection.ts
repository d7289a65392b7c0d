import { headerHasToken } from '../../../protocol/http1/head.ts'
import { describeAnswer } from '../../../wire/describe-received.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { withHeader } from '../../peers/http-response.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { fail, pass } from '../../verdict.ts'

const NAME = 'Connection'

export default {
  title: 'The 101 says Connection: Upgrade',
  level: 'must',
  spec: rfc6455('4.2.2', 'A |Connection| header field with value "Upgrade".'),
  why: 'A client fails a connection whose 101 lacks the token; proxies need it to know that Upgrade is meant for them.',
  fix: 'Send Connection: Upgrade with the 101; a proxy in front must be told to pass it on.',
  covers: [{ row: 'ws.hs.connection' }],
  async run(server) {
    const { answer } = await server.upgrade()
    const observed = describeAnswer(answer, [NAME])
    const right = answer.kind === 'head' && headerHasToken(answer.head, NAME, 'upgrade')
    return right ? pass(observed) : fail('Connection with the token Upgrade', observed)
  },
  selfTest: {
    passes: {
      'Upgrade alone': webSocketServer(),
      'in a list': webSocketServer({ respond: usual => withHeader(usual, NAME, 'keep-alive, upgrade') }),
    },
    fails: {
      'no header': webSocketServer({ respond: usual => withHeader(usual, NAME) }),
      'keep-alive': webSocketServer({ respond: usual => withHeader(usual, NAME, 'keep-alive') }),
      'a longer word': webSocketServer({ respond: usual => withHeader(usual, NAME, 'Upgraded') }),
    },
  },
} satisfies WebSocketCheck

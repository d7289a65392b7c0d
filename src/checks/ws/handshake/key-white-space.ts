import { acceptKey } from '../../../protocol/websocket/handshake-request.ts'
import { describeAnswer } from '../../../wire/describe-received.ts'
import { answerHeader } from '../../../wire/websocket-server.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc9110 } from '../../documents.ts'
import { judgeOpened, lines } from '../../handshake-outcome.ts'
import { refusal, withHeader } from '../../peers/http-response.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { fail } from '../../verdict.ts'

const NAME = 'Sec-WebSocket-Accept'

export default {
  title: 'White space around the key is no part of it',
  level: 'must',
  spec: rfc9110(
    '5.5',
    'a field parsing implementation MUST exclude such whitespace prior to evaluating the field value.',
  ),
  why: 'A proxy may pad header values; an accept value made with the padding is wrong.',
  fix: 'Trim spaces and tabs from header values before they are used.',
  covers: [{ row: 'ws.hs.key-ows' }],
  async run(server) {
    const { key } = server.request()
    const { answer } = await server.upgrade(lines('sec-websocket-key', `Sec-WebSocket-Key: \t ${key} \t`))
    const opened = judgeOpened(answer)
    if (opened.kind === 'fail') return opened
    const right = answerHeader(answer, NAME).join() === acceptKey(key)
    return right ? opened : fail(`${NAME}: ${acceptKey(key)}`, describeAnswer(answer, [NAME]))
  },
  selfTest: {
    passes: { trims: webSocketServer() },
    fails: {
      refuses: webSocketServer({ respond: () => refusal(400, 'key') }),
      'counts it in': {
        peer: webSocketServer({ respond: usual => withHeader(usual, NAME, acceptKey(' x ')) }),
        says: NAME,
      },
    },
  },
} satisfies WebSocketCheck

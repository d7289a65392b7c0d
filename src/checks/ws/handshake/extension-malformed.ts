import { describeAnswer } from '../../../wire/describe-received.ts'
import { answerHeader, answerStatus } from '../../../wire/websocket-server.ts'
import { tryCases } from '../../cases.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { judgeError, lines } from '../../handshake-outcome.ts'
import { withHeader } from '../../peers/http-response.ts'
import { hangsUp } from '../../peers/scripted-server.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { fail, warn } from '../../verdict.ts'

const NAME = 'Sec-WebSocket-Extensions'

const cases = [
  { name: 'an empty parameter', value: 'permessage-deflate;;' },
  { name: 'a parameter without a name', value: 'permessage-deflate; =1' },
  { name: 'no value after =', value: 'permessage-deflate; server_max_window_bits=' },
  { name: 'no name', value: ';' },
  { name: 'an open quote', value: 'permessage-deflate; server_max_window_bits="10' },
]

export default {
  title: 'A malformed list of extensions is refused',
  level: 'must',
  spec: rfc6455(
    '9.1',
    'If a value is received by either the client or the server during negotiation that does not conform to the ABNF below, the recipient of such malformed data MUST immediately _Fail the WebSocket Connection_.',
  ),
  why: 'Two sides that read a malformed list differently disagree about how frames are coded.',
  fix: 'Parse the header by the grammar of §9.1 and answer 400 where it does not follow it.',
  covers: [{ row: 'ws.hs.ext-malformed' }],
  run: server =>
    tryCases(cases, async ({ value }) => {
      const { answer } = await server.upgrade(lines(NAME.toLowerCase(), `${NAME}: ${value}`))
      const observed = describeAnswer(answer, [NAME])
      if (answerStatus(answer) !== 101) return judgeError(answer)
      if (answerHeader(answer, NAME).length > 0) return fail('an HTTP error such as 400', observed)
      return warn('an HTTP error such as 400, not just to go without the extension', observed)
    }),
  selfTest: {
    passes: { 'refuses them': webSocketServer() },
    warns: { 'goes without': webSocketServer({ accepts: ['extensions'] }) },
    fails: {
      'accepts compression': webSocketServer({
        accepts: ['extensions'],
        respond: usual => withHeader(usual, NAME, 'permessage-deflate'),
      }),
      'hangs up': { peer: hangsUp, says: 'FIN' },
    },
  },
} satisfies WebSocketCheck

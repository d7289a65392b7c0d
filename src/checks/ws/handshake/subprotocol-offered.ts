import { header } from '../../../protocol/http1/head.ts'
import { describeAnswer } from '../../../wire/describe-received.ts'
import { answerHeader } from '../../../wire/websocket-server.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { withHeader } from '../../peers/http-response.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { fail, pass } from '../../verdict.ts'

const NAME = 'Sec-WebSocket-Protocol'
const UNKNOWN = 'rtbench.unknown'

export default {
  title: 'Of several subprotocols one that was offered is chosen, or none',
  level: 'must',
  spec: rfc6455(
    '4.2.2',
    "The value chosen MUST be derived from the client's handshake, specifically by selecting one of the values from the |Sec-WebSocket-Protocol| field that the server is willing to use for this connection (if any).",
  ),
  why: 'Browsers fail a connection whose subprotocol is not exactly one of those that the page offered.',
  fix: 'Answer with one name out of the list, letter for letter, in one header; not with the list.',
  covers: [{ row: 'ws.hs.sub-offered' }],
  needs: ['subprotocol'],
  async run(server) {
    const known = server.capabilities.subprotocols
    const offers = known.length > 1 ? known : [...known, UNKNOWN]
    const { answer } = await server.upgrade({ subprotocols: offers })
    const values = answerHeader(answer, NAME)
    const observed = `offered ${offers.join(', ')}: ${describeAnswer(answer, [NAME])}`
    const right = values.length === 0 || (values.length === 1 && offers.includes(values[0]!))
    return right ? pass(observed) : fail(`one of ${offers.join(' or ')}, or no ${NAME}`, observed)
  },
  selfTest: {
    passes: {
      'takes the one it knows': webSocketServer(),
      'takes none': webSocketServer({ subprotocols: [] }),
      'takes one of two': {
        peer: webSocketServer({ subprotocols: ['b'] }),
        given: { subprotocols: ['a', 'b'] },
      },
    },
    fails: {
      'sends the whole list': webSocketServer({
        respond: (usual, request) => withHeader(usual, NAME, header(request, NAME)!),
      }),
      'sends another case': webSocketServer({ respond: usual => withHeader(usual, NAME, 'RTBENCH') }),
      'sends two headers': webSocketServer({ respond: usual => withHeader(usual, NAME, 'rtbench', 'rtbench') }),
    },
  },
} satisfies WebSocketCheck

import { header } from '../../../protocol/http1/head.ts'
import { describeAnswer } from '../../../wire/describe-received.ts'
import { answerHeader, answerStatus } from '../../../wire/websocket-server.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { refusal, withHeader } from '../../peers/http-response.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { info } from '../../verdict.ts'

const NAME = 'Sec-WebSocket-Protocol'
const UNKNOWN = 'rtbench.unknown.1'

export default {
  title: 'What happens to a client that offers only unknown subprotocols',
  level: 'info',
  spec: rfc6455(
    '4.2.2',
    'if the server does not wish to agree to one of the suggested subprotocols, it MUST NOT send back a |Sec-WebSocket-Protocol| header field in its response',
  ),
  why: 'A server that takes whatever is offered claims to speak what it does not; one that refuses breaks clients that could do without.',
  fix: 'Choose only subprotocols that are implemented.',
  covers: [{ row: 'ws.hs.sub-unknown' }],
  async run(server) {
    const { answer } = await server.upgrade({ subprotocols: [UNKNOWN] })
    const values = answerHeader(answer, NAME)
    if (answerStatus(answer) !== 101) return info(`refused: ${describeAnswer(answer)}`)
    return info(
      values.length === 0 ? 'opened without a subprotocol' : `taken over as it was offered: ${values.join(' | ')}`,
    )
  },
  selfTest: {
    infos: {
      'goes without': { peer: webSocketServer(), says: 'opened without' },
      'takes anything': {
        peer: webSocketServer({ respond: (usual, request) => withHeader(usual, NAME, header(request, NAME)!) }),
        says: 'taken over',
      },
      refuses: { peer: webSocketServer({ respond: () => refusal(400, 'unknown') }), says: 'refused: HTTP/1.1 400' },
    },
  },
} satisfies WebSocketCheck

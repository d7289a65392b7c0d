import { header } from '../../../protocol/http1/head.ts'
import { answerStatus } from '../../../wire/websocket-server.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { describeHandshake, lines } from '../../handshake-outcome.ts'
import { refusal } from '../../peers/http-response.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { info } from '../../verdict.ts'

export default {
  title: 'Whether a client without Origin is let in',
  level: 'info',
  spec: rfc6455(
    '4.2.1',
    'A connection attempt lacking this header field SHOULD NOT be interpreted as coming from a browser client.',
  ),
  why: 'Programs other than browsers send no Origin: shutting them out is a choice, and no protection, as they can send any.',
  fix: 'Nothing is wrong either way.',
  covers: [{ row: 'ws.sec.origin-absent' }],
  async run(server) {
    const { answer } = await server.upgrade(lines('origin'))
    return info(`${answerStatus(answer) === 101 ? 'let in' : 'refused'}: ${describeHandshake(answer)}`)
  },
  selfTest: {
    infos: {
      'lets it in': { peer: webSocketServer(), says: 'let in' },
      'wants one': {
        peer: webSocketServer({
          respond: (usual, request) => (header(request, 'origin') === undefined ? refusal(403, 'Origin') : usual),
        }),
        says: 'refused',
      },
    },
  },
} satisfies WebSocketCheck

import { answerStatus } from '../../../wire/websocket-server.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { describeHandshake } from '../../handshake-outcome.ts'
import { refusal } from '../../peers/http-response.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { pass, warn } from '../../verdict.ts'

const FOREIGN = 'https://evil.example'

export default {
  title: 'A foreign Origin is refused',
  level: 'should',
  spec: rfc6455(
    '10.2',
    'Servers that are not intended to process input from any web page but only for certain sites SHOULD verify the |Origin| field is an origin they expect.',
  ),
  why: "Any web page can open this WebSocket in its visitors' browsers, with their cookies: cross-site WebSocket hijacking.",
  fix: 'Compare Origin with a list of exact origins and answer 403 to others; where every site is meant to connect, authenticate by something that browsers do not send by themselves.',
  covers: [{ row: 'ws.sec.origin-evil' }],
  async run(server) {
    const { answer } = await server.upgrade({ origin: FOREIGN })
    const observed = `Origin: ${FOREIGN}: ${describeHandshake(answer)}`
    const status = answerStatus(answer)
    if (status === 101) return warn('403', observed)
    return status !== null && status >= 400 && status < 500 ? pass(observed) : warn('403', observed)
  },
  selfTest: {
    passes: { 'lets in its own alone': webSocketServer({ origins: ['http://peer.test'] }) },
    warns: {
      'lets in everybody': { peer: webSocketServer(), says: '101' },
      'breaks over it': webSocketServer({ respond: () => refusal(500, 'oops') }),
    },
  },
} satisfies WebSocketCheck

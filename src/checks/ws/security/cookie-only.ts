import { answerStatus } from '../../../wire/websocket-server.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { describeHandshake } from '../../handshake-outcome.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { pass, warn } from '../../verdict.ts'

const FOREIGN = 'https://evil.example'

export default {
  title: 'Valid credentials do not let in a foreign Origin',
  level: 'should',
  spec: rfc6455(
    '10.2',
    'Servers that are not intended to process input from any web page but only for certain sites SHOULD verify the |Origin| field is an origin they expect.',
  ),
  why: "Any web page can open this WebSocket in its visitors' browsers, with their cookies: cross-site WebSocket hijacking.",
  fix: 'Check Origin before the session, or demand a token that browsers do not send by themselves.',
  covers: [{ row: 'ws.sec.cookie-only' }],
  needs: ['credentials'],
  async run(server) {
    // The credentials of the run are among its usual headers.
    const { answer } = await server.upgrade({ origin: FOREIGN })
    const observed = `with credentials and Origin: ${FOREIGN}: ${describeHandshake(answer)}`
    return answerStatus(answer) === 101 ? warn('403', observed) : pass(observed)
  },
  selfTest: {
    passes: { 'looks at Origin': webSocketServer({ origins: ['http://peer.test'] }) },
    warns: { 'looks at the cookie alone': webSocketServer() },
  },
} satisfies WebSocketCheck

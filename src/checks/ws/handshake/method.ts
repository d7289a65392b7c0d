import { answerHeader, answerStatus } from '../../../wire/websocket-server.ts'
import { tryCases } from '../../cases.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { describeHandshake, judgeNotOpened } from '../../handshake-outcome.ts'
import { withHeader } from '../../peers/http-response.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { fail } from '../../verdict.ts'

const cases = [{ name: 'POST' }, { name: 'PUT' }, { name: 'HEAD' }]

export default {
  title: 'Only GET opens a WebSocket',
  level: 'must',
  spec: rfc6455('4.2.1', 'An HTTP/1.1 or higher GET request, including a "Request-URI" [RFC2616]'),
  why: 'Proxies and firewalls that look for WebSocket handshakes look at GET; a 405 without Allow breaks RFC 9110 §15.5.6.',
  fix: 'Refuse other methods with 405 and Allow: GET.',
  covers: [{ row: 'ws.hs.method' }],
  run: server =>
    tryCases(cases, async ({ name }) => {
      const { answer } = await server.upgrade({ requestLine: `${name} ${server.defaults.target} HTTP/1.1` })
      const verdict = judgeNotOpened(answer)
      if (verdict.kind === 'fail' || answerStatus(answer) !== 405) return verdict
      return answerHeader(answer, 'Allow').length > 0
        ? verdict
        : fail('an Allow header with the 405', describeHandshake(answer))
    }),
  selfTest: {
    passes: { 'refuses with Allow': webSocketServer() },
    fails: {
      'opens all the same': { peer: webSocketServer({ accepts: ['method'] }), says: 'POST: HTTP/1.1 101' },
      '405 without Allow': webSocketServer({ respond: usual => withHeader(usual, 'Allow') }),
    },
  },
} satisfies WebSocketCheck

import { answerStatus } from '../../../wire/websocket-server.ts'
import { tryCases } from '../../cases.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { describeHandshake } from '../../handshake-outcome.ts'
import { refusal } from '../../peers/http-response.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { pass, warn } from '../../verdict.ts'
import { awaitFailure } from '../../websocket-outcome.ts'

const SECRET = new Set(['authorization', 'cookie'])
const CLOSES = new Set([1008, 3000, 3003, 4001, 4401, 4403])

const cases = [
  { name: 'none', change: () => [] },
  { name: 'wrong', change: (name: string, value: string): [string, string][] => [[name, `${value.slice(0, -1)}~`]] },
]

export default {
  title: 'Missing and wrong credentials are refused',
  level: 'quality',
  spec: rfc6455(
    '10.5',
    'The WebSocket server can use any client authentication mechanism available to a generic HTTP server, such as cookies, HTTP authentication, or TLS authentication.',
  ),
  why: 'An endpoint that was called with credentials and opens without them is open to all.',
  fix: 'Refuse with 401 or 403 in the handshake, or close with 1008, 3000 or a code of 4000 and more right after it.',
  covers: [{ row: 'ws.sec.auth' }],
  needs: ['credentials'],
  run: server =>
    tryCases(cases, async ({ change }) => {
      const headers = server.defaults.headers.flatMap(([name, value]): (readonly [string, string])[] =>
        SECRET.has(name.toLowerCase()) ? change(name, value) : [[name, value]],
      )
      const { answer, socket } = await server.upgrade({ headers })
      if (socket === null) {
        const status = answerStatus(answer)
        const observed = describeHandshake(answer)
        return status === 401 || status === 403 ? pass(observed) : warn('401 or 403', observed)
      }
      const { code, failed, observed } = await awaitFailure(server, socket, {
        withinMs: Math.min(server.timeoutMs, 3000),
      })
      if (!failed) return warn('401 or 403, or a Close', `101, then ${observed}`)
      return code !== null && CLOSES.has(code) ? pass(observed) : warn('401, 403 or Close 1008, 3000, 4401', observed)
    }),
  selfTest: {
    passes: {
      '401': webSocketServer({ respond: () => refusal(401, '', [['WWW-Authenticate', 'Basic']]) }),
      'Close 4401': webSocketServer({ opened: side => side.close(4401) }),
    },
    warns: {
      'lets everybody in': { peer: webSocketServer(), says: 'none: 101, then' },
      '500': webSocketServer({ respond: () => refusal(500, '') }),
      'Close 1000': webSocketServer({ opened: side => side.close(1000) }),
    },
  },
} satisfies WebSocketCheck

import { answerHeader, answerStatus } from '../../../wire/websocket-server.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc9110 } from '../../documents.ts'
import { describeHandshake, judgeError } from '../../handshake-outcome.ts'
import { refusal } from '../../peers/http-response.ts'
import { hangsUp } from '../../peers/scripted-server.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { fail, pass, warn } from '../../verdict.ts'

const CREDENTIALS = new Set(['authorization', 'cookie'])

export default {
  title: 'A handshake without credentials is refused as HTTP says',
  level: 'must',
  spec: rfc9110(
    '11.6.1',
    'A server generating a 401 (Unauthorized) response MUST send a WWW-Authenticate header field containing at least one challenge.',
  ),
  why: 'RFC 6455 §4.2.2 lets a server ask for credentials with 401; a client only knows which ones from the challenge.',
  fix: 'Send WWW-Authenticate with a 401, or refuse with 403.',
  covers: [{ row: 'ws.hs.auth-401' }],
  needs: ['credentials'],
  async run(server) {
    const headers = server.defaults.headers.filter(([name]) => !CREDENTIALS.has(name.toLowerCase()))
    const { answer } = await server.upgrade({ headers })
    const observed = describeHandshake(answer)
    const status = answerStatus(answer)
    if (status === 101) return warn('401 or 403 without the credentials of this run', observed)
    if (status !== 401) return judgeError(answer)
    const challenged = answerHeader(answer, 'WWW-Authenticate').length > 0
    return challenged ? pass(observed) : fail('WWW-Authenticate with the 401', observed)
  },
  selfTest: {
    passes: {
      '401 with a challenge': webSocketServer({ respond: () => refusal(401, '', [['WWW-Authenticate', 'Basic']]) }),
      '403': webSocketServer({ respond: () => refusal(403, '') }),
    },
    warns: { 'lets everybody in': webSocketServer() },
    fails: {
      '401 without a challenge': webSocketServer({ respond: () => refusal(401, '') }),
      'hangs up': hangsUp,
    },
  },
} satisfies WebSocketCheck

import { newKey } from '../../../protocol/websocket/handshake-request.ts'
import { answerStatus } from '../../../wire/websocket-server.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { describeHandshake, judgeError } from '../../handshake-outcome.ts'
import { refusal } from '../../peers/http-response.ts'
import { answers, hangsUp } from '../../peers/scripted-server.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { fail, warn } from '../../verdict.ts'

export default {
  title: 'An unknown path opens no WebSocket',
  level: 'must',
  spec: rfc6455(
    '4.2.2',
    'If the requested service is not available, the server MUST send an appropriate HTTP error code (such as 404 Not Found) and abort the WebSocket handshake.',
  ),
  why: 'A server that opens any path hides misspelt URLs, and whatever guards paths in front of it can be walked around.',
  fix: 'Open WebSockets only on the paths that are meant for it, answer 404 elsewhere. A server whose only service is available everywhere is within the text: then this is a warning.',
  covers: [{ row: 'ws.hs.not-found' }],
  async run(server) {
    const path = `/rtbench-${newKey().replaceAll(/[^a-z\d]/gi, '')}`
    const { answer } = await server.upgrade({ target: path })
    const observed = `${path}: ${describeHandshake(answer)}`
    if (answerStatus(answer) === 101) return warn('an HTTP error such as 404', observed)
    const verdict = judgeError(answer)
    return verdict.kind === 'fail' ? fail(verdict.expected, observed) : verdict
  },
  selfTest: {
    passes: { '404': webSocketServer() },
    warns: {
      'opens any path': webSocketServer({ accepts: ['path'] }),
      'a server error': webSocketServer({ respond: () => refusal(500, 'oops') }),
    },
    fails: { 'a page': answers('HTTP/1.1 200 OK\r\n\r\nhi'), 'hangs up': hangsUp },
  },
} satisfies WebSocketCheck

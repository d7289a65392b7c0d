import { answerStatus } from '../../../wire/websocket-server.ts'
import { tryCases } from '../../cases.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6455 } from '../../documents.ts'
import { describeHandshake } from '../../handshake-outcome.ts'
import { refusal } from '../../peers/http-response.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { pass, warn } from '../../verdict.ts'

const cases = [
  { name: 'escapes', query: 'rtbench=%7B%22a%22%3A1%7D%26%2F%20%C3%A9' },
  { name: 'characters of RFC 3986', query: "rtbench=-._~!$'()*,;:@/?" },
  { name: 'no value', query: 'rtbench' },
]

export default {
  title: 'An unusual query does not break the handshake',
  level: 'quality',
  spec: rfc6455(
    '3',
    'The "resource-name" (also known as /resource name/ in Section 4.1) can be constructed by concatenating the following: […] "?" if the query component is non-empty […] the query component',
  ),
  why: 'Browsers cannot set headers on a WebSocket: tokens and session ids travel in the query, escaped.',
  fix: 'Take the query off before the path is looked up, and do not reject escapes.',
  covers: [{ row: 'ws.hs.query' }],
  run: server =>
    tryCases(cases, async ({ query }) => {
      const { target } = server.defaults
      const { answer } = await server.upgrade({ target: `${target}${target.includes('?') ? '&' : '?'}${query}` })
      return answerStatus(answer) === 101 ? pass() : warn('101', describeHandshake(answer))
    }),
  selfTest: {
    passes: { 'takes any query': webSocketServer() },
    warns: {
      'dislikes escapes': {
        peer: webSocketServer({
          respond: (usual, { target }) => (target.includes('%') ? refusal(400, 'escape') : usual),
        }),
        says: 'escapes: HTTP/1.1 400',
      },
    },
  },
} satisfies WebSocketCheck

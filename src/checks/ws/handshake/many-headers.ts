import { answerStatus } from '../../../wire/websocket-server.ts'
import { tryCases } from '../../cases.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc6585 } from '../../documents.ts'
import { describeHandshake } from '../../handshake-outcome.ts'
import { refusal } from '../../peers/http-response.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { pass, warn } from '../../verdict.ts'

const cases = [100, 1000, 2000].map(count => ({ name: `${count} headers`, count }))

export default {
  title: 'Many headers are taken or refused, and the server goes on',
  level: 'quality',
  spec: rfc6585(
    '5',
    'The 431 status code indicates that the server is unwilling to process the request because its header fields are too large.',
  ),
  why: 'Servers have crashed over a request with more headers than they expected.',
  fix: 'Limit the number of headers, answer 431 over it and close the connection.',
  covers: [{ row: 'ws.hs.many-headers' }],
  run: server =>
    tryCases(cases, async ({ count }) => {
      const added = Array.from({ length: count }, (_, index) => [`X-R${index}`, '1'] as const)
      const { answer } = await server.upgrade({ headers: [...server.defaults.headers, ...added] })
      const after = await server.upgrade()
      const observed = describeHandshake(answer)
      if (answerStatus(after.answer) !== 101) return warn('101 on the next connection', describeHandshake(after.answer))
      if (answer.kind === 'silence') return warn('101, 431 or 400, or the connection ended', observed)
      const status = answerStatus(answer)
      return status === 101 || status === 431 || status === 400 ? pass(observed) : warn('101, 431 or 400', observed)
    }),
  selfTest: {
    passes: { 'refuses from 150 on': webSocketServer(), 'takes them': webSocketServer({ accepts: ['size'] }) },
    warns: {
      'a server error': webSocketServer({ respond: usual => (usual.status === 431 ? refusal(502, 'no') : usual) }),
      'goes silent': webSocketServer({ respond: usual => (usual.status === 431 ? null : usual) }),
      'is never there': webSocketServer({ paths: [] }),
    },
  },
} satisfies WebSocketCheck

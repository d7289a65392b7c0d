import { describeAnswer } from '../../../wire/describe-received.ts'
import { answerHeader } from '../../../wire/websocket-server.ts'
import type { WebSocketCheck } from '../../check.ts'
import { rfc9110 } from '../../documents.ts'
import { withHeader } from '../../peers/http-response.ts'
import { webSocketServer } from '../../peers/websocket-server.ts'
import { fail, pass } from '../../verdict.ts'

const NAMES = ['Content-Length', 'Transfer-Encoding']

export default {
  title: 'The 101 announces no body',
  level: 'must',
  spec: rfc9110(
    '8.6',
    'A server MUST NOT send a Content-Length header field in any response with a status code of 1xx (Informational) or 204 (No Content).',
  ),
  why: 'A client or proxy that believes the header takes the first frames for a body.',
  fix: 'Send neither Content-Length nor Transfer-Encoding with the 101 (RFC 9112 §6.1 says the same of the latter).',
  covers: [{ row: 'ws.hs.no-body' }],
  async run(server) {
    const { answer } = await server.upgrade()
    const found = NAMES.flatMap(name => answerHeader(answer, name))
    const observed = describeAnswer(answer, NAMES)
    return found.length === 0 ? pass('neither header') : fail('neither Content-Length nor Transfer-Encoding', observed)
  },
  selfTest: {
    passes: { 'no such header': webSocketServer() },
    fails: {
      'an empty body': webSocketServer({ respond: usual => withHeader(usual, 'Content-Length', '0') }),
      'a chunked body': webSocketServer({ respond: usual => withHeader(usual, 'Transfer-Encoding', 'chunked') }),
    },
  },
} satisfies WebSocketCheck

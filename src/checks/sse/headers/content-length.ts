import { headerAll } from '../../../protocol/http1/head.ts'
import { describeAnswer } from '../../../wire/describe-received.ts'
import type { HttpCheck } from '../../check.ts'
import { rfc9112 } from '../../documents.ts'
import { eventStreamServer } from '../../peers/event-stream-server.ts'
import { withHeader } from '../../peers/http-response.ts'
import { answers } from '../../peers/scripted-server.ts'
import { fail, pass } from '../../verdict.ts'

export default {
  title: 'An open stream announces no length',
  level: 'must',
  spec: rfc9112(
    '6.2',
    'A sender MUST NOT send a Content-Length header field in any message that contains a Transfer-Encoding header field.',
  ),
  why: 'A client stops reading at the announced length, or waits for octets that never come.',
  fix: 'Send the stream chunked (HTTP/1.1) without Content-Length.',
  covers: [{ row: 'sse.hd.no-length' }],
  async run(server) {
    const { answer, body } = await server.ask()
    const observed = describeAnswer(answer, ['Content-Length', 'Transfer-Encoding'])
    if (answer.kind !== 'head' || headerAll(answer.head, 'content-length').length === 0) return pass(observed)
    if (headerAll(answer.head, 'transfer-encoding').length > 0) return fail('only Transfer-Encoding', observed)
    const { bytes, whole } = await body!.all(server.timeoutMs, 16 * 1024 * 1024)
    if (whole) return pass(`${observed}, and the body ends there`)
    return fail('no Content-Length, or that of the body', `${observed}, and ${bytes.length} bytes came`)
  },
  selfTest: {
    passes: {
      chunked: eventStreamServer(),
      'a stream that is complete': answers(
        'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 9\r\n\r\ndata: a\n\n',
      ),
    },
    fails: {
      both: eventStreamServer({ respond: usual => withHeader(usual, 'Content-Length', '100000') }),
      'longer than the body': {
        peer: answers('HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 99\r\n\r\ndata: a\n\n'),
        says: '9 bytes came',
      },
    },
  },
} satisfies HttpCheck

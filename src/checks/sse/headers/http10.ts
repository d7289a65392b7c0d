import { headerAll, headerHasToken } from '../../../protocol/http1/head.ts'
import { describeAnswer } from '../../../wire/describe-received.ts'
import type { HttpServer } from '../../../wire/http-server.ts'
import type { HttpCheck } from '../../check.ts'
import { rfc9112 } from '../../documents.ts'
import { eventStreamServer } from '../../peers/event-stream-server.ts'
import { refusal, withHeader } from '../../peers/http-response.ts'
import { fail, pass, type Verdict, warn } from '../../verdict.ts'
import { watchStream } from '../../watch-stream.ts'

async function run(server: HttpServer): Promise<Verdict> {
  const { answer, peer } = await server.ask({ version: '1.0' })
  peer.destroy()
  const observed = describeAnswer(answer, ['Transfer-Encoding', 'Connection'])
  if (answer.kind !== 'head') return fail('a response', observed)
  if (headerAll(answer.head, 'transfer-encoding').length > 0) return fail('no Transfer-Encoding', observed)
  if (answer.head.status !== 200) return warn('HTTP 200, as to HTTP/1.1', observed)
  if (headerHasToken(answer.head, 'connection', 'keep-alive'))
    return warn('a stream that ends with its connection', observed)
  if (server.capabilities.absent.push !== undefined) return pass(observed)
  const { events } = await watchStream(server, { version: '1.0' })
  return events.length > 0
    ? pass(`${observed}, ${events.length} events`)
    : warn('events as over HTTP/1.1', `${observed}, none came`)
}

export default {
  title: 'An HTTP/1.0 client gets the stream without chunks',
  level: 'must',
  spec: rfc9112(
    '6.1',
    'A server MUST NOT send a response containing Transfer-Encoding unless the corresponding request indicates HTTP/1.1 (or later minor revisions).',
  ),
  why: 'nginx and others ask their origins in HTTP/1.0 by default: chunk sizes would end up between the events.',
  fix: 'Leave the framing to the HTTP library, or send the stream as it is and close the connection at its end.',
  covers: [{ row: 'sse.hd.http10' }],
  run,
  selfTest: {
    passes: { plain: eventStreamServer(), quiet: { peer: eventStreamServer(), given: { absent: { push: 'none' } } } },
    fails: {
      chunked: {
        peer: eventStreamServer({ respond: usual => withHeader(usual, 'Transfer-Encoding', 'chunked') }),
        says: 'chunked',
      },
      'no answer': eventStreamServer({ respond: () => null }),
    },
    warns: {
      refused: eventStreamServer({ respond: () => refusal(505, '') }),
      'keeps the connection': eventStreamServer({ respond: usual => withHeader(usual, 'Connection', 'keep-alive') }),
      'no events': {
        peer: eventStreamServer({ intervalMs: null, opened: () => {}, event: () => '' }),
        says: 'none came',
      },
    },
  },
} satisfies HttpCheck

import { header } from '../../protocol/http1/head.ts'
import { isPersistent, responseBodyFraming } from '../../protocol/http1/body-framing.ts'
import { START } from '../../protocol/polling/cursor.ts'
import { describeAnswer } from '../../wire/describe-received.ts'
import type { HttpServer } from '../../wire/http-server.ts'
import { sleep } from '../../world/timer.ts'
import type { HttpCheck } from '../check.ts'
import { rfc9112 } from '../documents.ts'
import { withHeader } from '../peers/http-response.ts'
import { longPollServer } from '../peers/long-poll-server.ts'
import { poll, polledWhile } from '../poll-chain.ts'
import { token } from '../published-events.ts'
import { fail, pass, type Verdict, warn } from '../verdict.ts'

async function run(server: HttpServer): Promise<Verdict> {
  const first = await polledWhile(server, START, () => server.capabilities.publish(token()))
  const observed = describeAnswer(first.answer, ['Connection', 'Keep-Alive'])
  if (first.answer.kind !== 'head') return warn('an answer', observed)
  const { head } = first.answer
  if (!isPersistent(head, responseBodyFraming(head, 'GET'))) return warn('a connection that goes on', observed)
  const again = poll(server, first.cursor, { peer: first.peer })
  await sleep(server.clock, 200)
  await server.capabilities.publish(token())
  const second = await again
  if (second.answer.kind === 'head') return pass(`${observed}; again: ${describeAnswer(second.answer)}`)
  const wanted = 'an answer to the next poll on the same connection, or Connection: close'
  return header(head, 'connection') === undefined && second.answer.kind === 'ended'
    ? warn(wanted, describeAnswer(second.answer))
    : fail(wanted, describeAnswer(second.answer))
}

/** Serves one poll per connection without saying so. */
const once = (then: 'ends' | 'is silent') => () => {
  const server = longPollServer()()
  return {
    ...server,
    accept: (connection: Parameters<typeof server.accept>[0]) => {
      let sent = false
      return server.accept({
        ...connection,
        get end() {
          return connection.end
        },
        async read(ms) {
          const read = await connection.read(ms)
          if (sent && then === 'ends') connection.finish()
          return sent ? { kind: 'fin' } : read
        },
        send(bytes) {
          connection.send(bytes)
          sent = true
        },
      })
    },
  }
}

export default {
  title: 'The next poll can use the same connection',
  level: 'must',
  spec: rfc9112(
    '9.3',
    'HTTP implementations SHOULD support persistent connections. […] A server that does not support persistent connections MUST send the "close" connection option in every response message that does not have a 1xx (Informational) status code.',
  ),
  why: 'A new connection for each message costs one to three round trips, a TLS handshake, and a port for a minute.',
  fix: 'Send Content-Length or chunks, and no Connection: close.',
  covers: [{ row: 'lp.keepalive' }],
  needs: ['publish'],
  run,
  selfTest: {
    passes: { 'goes on': longPollServer() },
    warns: {
      'says close': {
        peer: longPollServer({ respond: usual => withHeader(usual, 'Connection', 'close') }),
        says: 'close',
      },
      'no answer at all': longPollServer({ respond: () => null }),
      'ends without a word': once('ends'),
    },
    fails: { 'falls silent': { peer: once('is silent'), says: 'no response head' } },
  },
} satisfies HttpCheck

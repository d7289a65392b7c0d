import { header, headerHasToken, headerList } from '../../protocol/http1/head.ts'
import { START } from '../../protocol/polling/cursor.ts'
import type { HttpServer } from '../../wire/http-server.ts'
import type { HttpCheck } from '../check.ts'
import { rfc9111 } from '../documents.ts'
import { withHeader } from '../peers/http-response.ts'
import { longPollServer } from '../peers/long-poll-server.ts'
import { poll, polledWhile } from '../poll-chain.ts'
import { token } from '../published-events.ts'
import { fail, pass, skip, type Verdict, warn } from '../verdict.ts'
import { publishes } from '../watch-stream.ts'

const NAME = 'Cache-Control'

async function run(server: HttpServer): Promise<Verdict> {
  const answer = publishes(server)
    ? await polledWhile(server, START, () => server.capabilities.publish(token()))
    : await poll(server, START)
  if (answer.answer.kind !== 'head') return skip('needs publish: no poll was answered')
  const { head } = answer.answer
  const observed = headerList(head, NAME).join(', ') || `no ${NAME}`
  const age = header(head, 'age')
  if (age !== undefined) return fail('an answer from the server itself', `${observed} | Age: ${age}`)
  const right = ['no-store', 'no-cache'].some(name => headerHasToken(head, NAME, name))
  return right ? pass(observed) : warn('no-store or no-cache', observed)
}

const cached = (...values: string[]) => longPollServer({ respond: usual => withHeader(usual, NAME, ...values) })

export default {
  title: 'Answers are not cacheable',
  level: 'must',
  spec: rfc9111(
    '5.2.2.5',
    'The no-store response directive indicates that a cache MUST NOT store any part of either the immediate request or the response and MUST NOT use the response to satisfy any other request.',
  ),
  why: 'A cache between client and server may answer the next poll with the last answer, again and again.',
  fix: 'Send Cache-Control: no-store.',
  covers: [{ row: 'lp.cache' }],
  run,
  selfTest: {
    passes: { 'no-store': longPollServer() },
    warns: { none: { peer: cached(), says: 'no Cache' }, 'a minute': cached('max-age=60') },
    fails: {
      'from a cache': { peer: longPollServer({ respond: usual => withHeader(usual, 'Age', '3') }), says: 'Age: 3' },
    },
    skips: { 'never answers': { peer: longPollServer(), given: { absent: { publish: 'no' } } } },
  },
} satisfies HttpCheck

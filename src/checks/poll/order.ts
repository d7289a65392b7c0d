import type { HttpServer } from '../../wire/http-server.ts'
import type { HttpCheck } from '../check.ts'
import { practice } from '../documents.ts'
import { longPollServer } from '../peers/long-poll-server.ts'
import { followChain, newestCursor, publishNumbered } from '../poll-chain.ts'
import { token } from '../published-events.ts'
import { fail, pass, type Verdict } from '../verdict.ts'

const MESSAGES = 8

async function run(server: HttpServer): Promise<Verdict> {
  const cursor = await newestCursor(server)
  const mark = token()
  await publishNumbered(server, mark, MESSAGES)
  const { numbers } = await followChain(server, cursor, mark, MESSAGES)
  const ascending = numbers.every((n, index) => index === 0 || n >= numbers[index - 1]!)
  const observed = numbers.join(', ') || 'no message came'
  return ascending && numbers.length > 1 ? pass(observed) : fail('messages in the order of their publication', observed)
}

export default {
  title: 'Messages come in the order in which they were published',
  level: 'must',
  spec: practice('order', 'Within an answer and from one answer to the next, messages keep their order.'),
  why: 'Clients apply messages as they come: an old state that arrives late overwrites the new one.',
  fix: 'Answer from one ordered log per channel.',
  covers: [{ row: 'lp.order' }],
  needs: ['publish', 'cursor'],
  blockedBy: ['poll.no-loss'],
  run,
  selfTest: {
    passes: { ascending: longPollServer() },
    fails: {
      'newest first': {
        peer: longPollServer({ news: (all, since) => all.filter(({ id }) => id > since).reverse() }),
        says: '8, 7',
      },
      nothing: longPollServer({
        news: (all, since) => all.filter(({ id, data }) => id > since && data.endsWith('start')),
      }),
    },
  },
} satisfies HttpCheck

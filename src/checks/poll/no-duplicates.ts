import type { HttpServer } from '../../wire/http-server.ts'
import type { HttpCheck } from '../check.ts'
import { practice } from '../documents.ts'
import { longPollServer } from '../peers/long-poll-server.ts'
import { followChain, newestCursor } from '../poll-chain.ts'
import { token } from '../published-events.ts'
import { fail, pass, type Verdict } from '../verdict.ts'

const MESSAGES = 4

async function run(server: HttpServer): Promise<Verdict> {
  let cursor = await newestCursor(server)
  const mark = token()
  const numbers: number[] = []
  for (let n = 1; n <= MESSAGES; n += 1) {
    await server.capabilities.publish(`${mark} ${n}`)
    const chain = await followChain(server, cursor, mark, n)
    numbers.push(...chain.numbers)
    cursor = chain.cursor
  }
  const observed = numbers.join(', ')
  return new Set(numbers).size === numbers.length ? pass(observed) : fail('each message once', observed)
}

export default {
  title: 'A chain of polls brings each message once',
  level: 'must',
  spec: practice('no duplicates', 'What an answer brought does not come again with the cursor of that answer.'),
  why: 'Messages that come twice are applied twice: counters, chats, orders.',
  fix: 'Answer with what is after the cursor (greater than, not greater or equal).',
  covers: [{ row: 'lp.no-dup' }],
  needs: ['publish', 'cursor'],
  blockedBy: ['poll.no-loss'],
  run,
  selfTest: {
    passes: { once: longPollServer() },
    fails: {
      'the last one again': {
        peer: longPollServer({ news: (all, since) => all.filter(({ id }) => id >= since && all.length > since) }),
        says: '1, 1, 2',
      },
    },
  },
} satisfies HttpCheck

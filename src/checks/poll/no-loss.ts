import type { HttpServer } from '../../wire/http-server.ts'
import type { HttpCheck } from '../check.ts'
import { practice } from '../documents.ts'
import { longPollServer } from '../peers/long-poll-server.ts'
import { followChain, newestCursor, publishNumbered } from '../poll-chain.ts'
import { token } from '../published-events.ts'
import { fail, pass, type Verdict } from '../verdict.ts'

const MESSAGES = 5

async function run(server: HttpServer): Promise<Verdict> {
  const cursor = await newestCursor(server)
  const mark = token()
  await publishNumbered(server, mark, MESSAGES)
  const { numbers, answers } = await followChain(server, cursor, mark, MESSAGES)
  const missing = Array.from({ length: MESSAGES }, (_, index) => index + 1).filter(n => !numbers.includes(n))
  const observed = `${numbers.join(', ') || 'none'} of 1 to ${MESSAGES} in ${answers.length} answers`
  return missing.length === 0 ? pass(observed) : fail(`all ${MESSAGES} messages`, observed)
}

export default {
  title: 'What is published between two polls is not lost',
  level: 'must',
  spec: practice(
    'no loss',
    'A poll brings everything since the cursor it names, also what came while no request was open.',
  ),
  why: 'A client is away between each answer and its next request: a server that only tells those who wait loses messages all the time.',
  fix: 'Keep the latest messages of each channel and answer from the store by the cursor before you wait.',
  covers: [{ row: 'lp.no-loss' }],
  needs: ['publish', 'cursor'],
  run,
  selfTest: {
    passes: {
      'in one answer': longPollServer(),
      'one at a time': longPollServer({ news: (all, since) => all.filter(({ id }) => id > since).slice(0, 1) }),
    },
    fails: {
      'the last one only': {
        peer: longPollServer({ news: (all, since) => all.filter(({ id }) => id > since).slice(-1) }),
        says: '5 of 1 to 5',
      },
      'loses one in three': longPollServer({
        news: (all, since) => all.filter(({ id }) => id > since && id % 3 !== 0),
      }),
    },
  },
} satisfies HttpCheck

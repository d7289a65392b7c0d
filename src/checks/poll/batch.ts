import type { HttpServer } from '../../wire/http-server.ts'
import type { HttpCheck } from '../check.ts'
import { practice } from '../documents.ts'
import { longPollServer } from '../peers/long-poll-server.ts'
import { followChain, newestCursor, publishNumbered } from '../poll-chain.ts'
import { token } from '../published-events.ts'
import { fail, pass, type Verdict, warn } from '../verdict.ts'

const MESSAGES = 40

async function run(server: HttpServer): Promise<Verdict> {
  const cursor = await newestCursor(server)
  const mark = token()
  await publishNumbered(server, mark, MESSAGES)
  const { numbers, answers } = await followChain(server, cursor, mark, MESSAGES)
  const observed = `${new Set(numbers).size} of ${MESSAGES} messages in ${answers.length} answers`
  if (new Set(numbers).size < MESSAGES) return fail(`all ${MESSAGES} messages`, observed)
  return answers.length >= MESSAGES ? warn('several messages per answer', observed) : pass(observed)
}

export default {
  title: 'A burst comes whole, in few answers',
  level: 'must',
  spec: practice(
    'batches',
    'An answer brings all that is new, up to a limit of its size; what exceeds it comes with the next one.',
  ),
  why: 'One answer per message costs a round trip each: a client falls behind a fast channel for good.',
  fix: 'Answer with a list; bound it, and let the cursor stand behind its last message.',
  covers: [{ row: 'lp.batch' }],
  needs: ['publish', 'cursor'],
  blockedBy: ['poll.no-loss'],
  run,
  selfTest: {
    passes: {
      'in one answer': longPollServer(),
      'ten at a time': longPollServer({ news: (all, since) => all.filter(({ id }) => id > since).slice(0, 10) }),
    },
    fails: {
      'the ten latest': {
        peer: longPollServer({ news: (all, since) => all.filter(({ id }) => id > since).slice(-10) }),
        says: '10 of 40',
      },
    },
    warns: {
      'one at a time': {
        peer: longPollServer({ news: (all, since) => all.filter(({ id }) => id > since).slice(0, 1) }),
        says: 'in 40 answers',
      },
    },
  },
} satisfies HttpCheck

import type { HttpServer } from '../../wire/http-server.ts'
import type { HttpCheck } from '../check.ts'
import { practice } from '../documents.ts'
import { longPollServer } from '../peers/long-poll-server.ts'
import { followChain, newestCursor, publishNumbered } from '../poll-chain.ts'
import { token } from '../published-events.ts'
import { fail, pass, type Verdict } from '../verdict.ts'

const MESSAGES = 3

async function run(server: HttpServer): Promise<Verdict> {
  const cursor = await newestCursor(server)
  const mark = token()
  await publishNumbered(server, mark, MESSAGES)
  const seen: string[] = []
  for (const time of ['first', 'second']) {
    const { numbers } = await followChain(server, cursor, mark, MESSAGES)
    seen.push(`the ${time} time ${numbers.join(', ') || 'nothing'}`)
    if (numbers.join() !== '1,2,3') return fail(`messages 1 to ${MESSAGES} both times`, seen.join(', '))
  }
  return pass(seen.join(', '))
}

const consuming = () => {
  let asked = 0
  return longPollServer({
    holdMs: 2000,
    news(all, since) {
      const fresh = all.filter(({ id }) => id > since)
      // Each answer looks twice; what was handed out is gone after that.
      if (fresh.length === MESSAGES) asked += 1
      return asked > 2 ? [] : fresh
    },
  })()
}

export default {
  title: 'The same cursor brings the same again',
  level: 'must',
  spec: practice('idempotence', 'A request that is repeated with the same cursor gets the same messages again.'),
  why: 'Answers get lost on the way; a client that asks again with its old cursor is the only way to recover them.',
  fix: 'Move on by the cursor of the request, not when an answer is written.',
  covers: [{ row: 'lp.idempotent' }],
  needs: ['publish', 'cursor'],
  blockedBy: ['poll.no-loss', 'poll.order'],
  run,
  selfTest: {
    passes: { 'the same': longPollServer() },
    fails: { 'consumes what it sends': { peer: consuming, says: 'the second time nothing' } },
  },
} satisfies HttpCheck

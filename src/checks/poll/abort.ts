import type { HttpServer } from '../../wire/http-server.ts'
import { sleep } from '../../world/timer.ts'
import type { HttpCheck } from '../check.ts'
import { practice } from '../documents.ts'
import { longPollServer } from '../peers/long-poll-server.ts'
import { followChain, newestCursor, pollTarget } from '../poll-chain.ts'
import { token } from '../published-events.ts'
import { encodeRequestHead } from '../../protocol/http1/request.ts'
import { fail, pass, type Verdict } from '../verdict.ts'

const ABORTED = 3

async function run(server: HttpServer): Promise<Verdict> {
  const cursor = await newestCursor(server)
  const headers: (readonly [string, string])[] = [
    ['Host', server.defaults.host],
    ...server.defaults.headers,
    ...cursor.headers,
  ]
  const request = encodeRequestHead({ method: 'GET', target: pollTarget(server, cursor), headers })
  for (let count = 0; count < ABORTED; count += 1) {
    const peer = await server.dial()
    peer.send(request)
    await sleep(server.clock, 200)
    peer.reset()
  }
  const mark = token()
  await server.capabilities.publish(`${mark} 1`)
  const { numbers } = await followChain(server, cursor, mark, 1)
  const observed = `after ${ABORTED} polls that were given up: ${numbers.length > 0 ? 'it came' : 'it did not come'}`
  return numbers.length > 0 ? pass(observed) : fail('the message with the next poll', observed)
}

/** Hands each message to the poll that has waited longest, dead or alive. */
const consuming = () => {
  let looks = 0
  return longPollServer({
    holdMs: 3000,
    news(all, since) {
      const fresh = all.filter(({ id }) => id > since)
      if (fresh.length > 0 && since > 0) looks += 1
      return since > 0 && looks > 0 ? [] : fresh
    },
  })()
}

export default {
  title: 'A poll that was given up does not consume messages',
  level: 'must',
  spec: practice('aborted polls', 'A message that was written to a client that is gone comes with the next poll.'),
  why: 'Pages are closed and networks change while a poll is held: what such a poll swallows is lost.',
  fix: 'Drop the waiting request when its connection closes; move on by the cursor of the client only.',
  covers: [{ row: 'lp.abort' }],
  needs: ['publish', 'cursor'],
  blockedBy: ['poll.no-loss'],
  run,
  selfTest: {
    passes: { 'comes again': longPollServer() },
    fails: { 'is gone': { peer: consuming, says: 'did not come' } },
  },
} satisfies HttpCheck

import type { HttpServer } from '../../wire/http-server.ts'
import type { HttpCheck } from '../check.ts'
import { rfc6202 } from '../documents.ts'
import { sleepyPolls } from '../peers/sleepy-polls.ts'
import { longPollServer } from '../peers/long-poll-server.ts'
import { followChain, newestCursor } from '../poll-chain.ts'
import { token } from '../published-events.ts'
import { info, type Verdict, warn } from '../verdict.ts'

const ROUNDS = 20

async function run(server: HttpServer): Promise<Verdict> {
  let cursor = await newestCursor(server)
  const delays: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const mark = token()
    const start = server.clock.now()
    await server.capabilities.publish(`${mark} 1`)
    // Published while no poll is open: the worst place in the cycle.
    const chain = await followChain(server, cursor, mark, 1)
    if (chain.numbers.length === 0) return warn('each message with the next poll', `number ${round + 1} did not come`)
    delays.push(server.clock.now() - start)
    cursor = chain.cursor
  }
  delays.sort((a, b) => a - b)
  const at = (share: number) => `${Math.round(delays[Math.min(ROUNDS - 1, Math.floor(ROUNDS * share))]!)} ms`
  return info(`published between polls, received after ${at(0.5)} (median), ${at(0.99)} (slowest of ${ROUNDS})`)
}

export default {
  title: 'How late messages are that fall between two polls',
  level: 'info',
  spec: rfc6202(
    '2.2',
    'the maximal latency is over three network transits (long poll response, next long poll request, long poll response)',
  ),
  why: 'The average hides it: the message that falls between two polls waits for a whole round trip.',
  fix: 'Poll on at once after each answer, over a connection that stays open.',
  covers: [{ row: 'lp.gap-latency' }],
  needs: ['publish', 'cursor'],
  run,
  selfTest: {
    infos: {
      'at once': { peer: longPollServer(), says: 'after 0 ms' },
      'half a second': { peer: sleepyPolls(500), says: 'after 500 ms' },
    },
    warns: {
      lost: {
        peer: longPollServer({ news: (all, since) => all.filter(({ id }) => id > since && id < 4) }),
        says: 'did not come',
      },
    },
  },
} satisfies HttpCheck

import { START, type Cursor } from '../../protocol/polling/cursor.ts'
import type { HttpServer } from '../../wire/http-server.ts'
import { sleep } from '../../world/timer.ts'
import type { HttpCheck } from '../check.ts'
import { rfc6202 } from '../documents.ts'
import { sleepyPolls } from '../peers/sleepy-polls.ts'
import { longPollServer } from '../peers/long-poll-server.ts'
import { followChain } from '../poll-chain.ts'
import { token } from '../published-events.ts'
import { pass, type Verdict, warn } from '../verdict.ts'

const LATE_MS = 250
const ROUNDS = 5
const SETTLE_MS = 200

async function run(server: HttpServer): Promise<Verdict> {
  let cursor: Cursor = START
  const delays: number[] = []
  for (let round = 1; round <= ROUNDS; round += 1) {
    const mark = token()
    const chain = followChain(server, cursor, mark, 1)
    await sleep(server.clock, SETTLE_MS)
    await server.capabilities.publish(`${mark} 1`)
    const publishedAt = server.clock.now()
    const { numbers, cursor: next } = await chain
    delays.push(numbers.length === 0 ? Infinity : Math.max(0, server.clock.now() - publishedAt))
    cursor = next
    if (delays.filter(ms => ms > LATE_MS).length > ROUNDS / 2) break
  }
  const shown = delays.map(ms => (ms === Infinity ? 'never' : `${Math.round(ms)} ms`)).join(', ')
  const late = delays.filter(ms => ms > LATE_MS).length
  return late > ROUNDS / 2 ? warn(`an answer within ${LATE_MS} ms`, `after ${shown}`) : pass(`after ${shown}`)
}

export default {
  title: 'A message ends the poll at once',
  level: 'quality',
  spec: rfc6202('2.1', 'When an update is available, the server sends a complete response to the client.'),
  why: 'A server that looks for news once a second adds half of it to every message; a proxy that buffers adds more.',
  fix: 'Wake the held requests of a channel when something is published to it.',
  covers: [{ row: 'lp.deliver' }],
  needs: ['publish'],
  blockedBy: ['poll.hold'],
  run,
  selfTest: {
    passes: { 'at once': longPollServer() },
    warns: {
      'a second later': { peer: sleepyPolls(1000), says: '1000 ms' },
      never: { peer: longPollServer({ news: () => [] }), says: 'never' },
    },
  },
} satisfies HttpCheck

import { describeAnswer } from '../../wire/describe-received.ts'
import type { HttpServer } from '../../wire/http-server.ts'
import { sleep } from '../../world/timer.ts'
import type { HttpCheck } from '../check.ts'
import { practice } from '../documents.ts'
import { longPollServer } from '../peers/long-poll-server.ts'
import { newestCursor, poll } from '../poll-chain.ts'
import { pass, type Verdict, warn } from '../verdict.ts'

const QUICK_MS = 2000

async function run(server: HttpServer): Promise<Verdict> {
  const cursor = await newestCursor(server)
  const held = poll(server, cursor)
  held.catch(() => {})
  await sleep(server.clock, 200)
  const { answer, peer } = await server.ask({ method: 'OPTIONS', withinMs: QUICK_MS })
  peer.destroy()
  const observed = `while a poll is held: ${describeAnswer(answer)}`
  return answer.kind === 'head'
    ? pass(observed)
    : warn(`an answer on a second connection within ${QUICK_MS} ms`, observed)
}

/** Serves one connection after the other. */
const oneAtATime = () => {
  const server = longPollServer()()
  let previous: Promise<void> = Promise.resolve()
  return {
    ...server,
    accept(connection: Parameters<typeof server.accept>[0]) {
      previous = previous.then(() => Promise.race([server.accept(connection), sleep(connection.clock, 20_000)]))
      return previous
    },
  }
}

export default {
  title: 'A request beside a held poll is served',
  level: 'quality',
  spec: practice('second connection', 'While a poll is held the client sends its own messages on another connection.'),
  why: 'A server with a lock per session or one worker makes what the client sends wait until the poll ends.',
  fix: 'Release the session lock before you wait, and hold requests without a thread each.',
  covers: [{ row: 'lp.post-while-poll' }],
  needs: ['publish', 'cursor'],
  run,
  selfTest: {
    passes: { 'at once': longPollServer() },
    warns: {
      'one after the other': { peer: oneAtATime, says: 'no response head' },
    },
  },
} satisfies HttpCheck

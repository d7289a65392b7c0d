import { START } from '../../protocol/polling/cursor.ts'
import { CannotTell } from '../../wire/cannot-tell.ts'
import { describeAnswer } from '../../wire/describe-received.ts'
import type { HttpServer } from '../../wire/http-server.ts'
import type { HttpCheck } from '../check.ts'
import { rfc6202 } from '../documents.ts'
import { withHeader } from '../peers/http-response.ts'
import { type LongPollDeviations, longPollServer } from '../peers/long-poll-server.ts'
import { silent } from '../peers/scripted-server.ts'
import { hasNews, poll } from '../poll-chain.ts'
import { fail, pass, skip, type Verdict } from '../verdict.ts'

const SHORTEST_HOLD_MS = 5000
const PATIENCE_MS = 45_000

async function run(server: HttpServer): Promise<Verdict> {
  const deadline = server.clock.now() + PATIENCE_MS
  let cursor = START
  // Other clients may publish meanwhile: an answer with news says nothing about how long one without is held.
  while (server.clock.now() < deadline) {
    const answer = await poll(server, cursor, { withinMs: SHORTEST_HOLD_MS })
    const held = answer.answer.kind === 'silence' && answer.answer.bytes.length === 0
    if (held || answer.ms >= SHORTEST_HOLD_MS) return pass(`held for ${SHORTEST_HOLD_MS} ms and more`)
    if (!hasNews(answer, cursor))
      return fail(
        `no answer within ${SHORTEST_HOLD_MS} ms`,
        `${describeAnswer(answer.answer)} after ${Math.round(answer.ms)} ms`,
      )
    const { cursor: missing } = server.capabilities.absent
    if (missing !== undefined) return skip(`needs cursor: ${missing}`)
    cursor = answer.cursor
  }
  throw new CannotTell(`there was news all the time for ${PATIENCE_MS / 1000} s`)
}

/** A channel on which there was something already. */
const withHistory = (deviations: LongPollDeviations) => () => {
  const server = longPollServer(deviations)()
  for (let n = 1; n <= 3; n += 1) server.publish!(`old ${n}`)
  return server
}

export default {
  title: 'A poll without news is held',
  level: 'must',
  spec: rfc6202(
    '2.1',
    'The server defers its response until an update is available or until a particular status or timeout has occurred.',
  ),
  why: 'A server that answers at once makes every client ask again at once: polling as fast as the network allows.',
  fix: 'Answer a request without news only when its hold time is over (20 to 30 s), not immediately.',
  covers: [{ row: 'lp.hold' }],
  run,
  selfTest: {
    passes: { 'holds 25 s': longPollServer(), 'never answers': silent, 'has old news': withHistory({}) },
    fails: {
      'answers at once': { peer: longPollServer({ holdMs: 0 }), says: '204' },
      'answers at once with an empty list': {
        peer: longPollServer({
          holdMs: 0,
          timedOut: usual => ({
            ...withHeader(usual, 'Content-Length', '24'),
            status: 200,
            body: '{"last":0,"messages":[]}',
          }),
        }),
        says: '200',
      },
      'after a second': longPollServer({ holdMs: 1000 }),
    },
    skips: {
      'repeats its news': {
        peer: withHistory({ news: all => all }),
        given: { absent: { cursor: 'none' } },
        says: 'needs cursor: none',
      },
    },
  },
} satisfies HttpCheck

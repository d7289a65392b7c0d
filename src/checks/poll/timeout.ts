import { CannotTell } from '../../wire/cannot-tell.ts'
import { describeAnswer } from '../../wire/describe-received.ts'
import type { HttpServer } from '../../wire/http-server.ts'
import type { HttpCheck } from '../check.ts'
import { rfc6202 } from '../documents.ts'
import { refusal } from '../peers/http-response.ts'
import { longPollServer } from '../peers/long-poll-server.ts'
import { hasNews, poll } from '../poll-chain.ts'
import { pass, type Verdict, warn } from '../verdict.ts'
import { START } from '../../protocol/polling/cursor.ts'

const SAFE_MS = 30_000
const WARN_MS = 55_000
const LONGEST_MS = 120_000
const TRIES = 20

async function run(server: HttpServer): Promise<Verdict> {
  let cursor = START
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const answer = await poll(server, cursor, { withinMs: LONGEST_MS })
    const seconds = Math.round(answer.ms / 100) / 10
    const observed = `${describeAnswer(answer.answer)} after ${seconds} s`
    // With news the hold was not over. A client that came without a cursor may be given one in the end.
    if (hasNews(answer, cursor) && answer.ms < SAFE_MS / 2) {
      cursor = answer.cursor
      continue
    }
    if (answer.answer.kind === 'silence') return warn(`an answer within ${LONGEST_MS / 1000} s`, observed)
    if (answer.answer.kind !== 'head') return warn('a response when the hold ends', observed)
    if (answer.status >= 500) return warn('200 without messages, 204, 304 or 408', observed)
    if (answer.ms > WARN_MS) return warn(`at most ${WARN_MS / 1000} s`, observed)
    return pass(
      answer.ms > SAFE_MS ? `${observed}: over ${SAFE_MS / 1000} s, which some proxies do not wait` : observed,
    )
  }
  throw new CannotTell(`there was news ${TRIES} times in a row`)
}

export default {
  title: 'A hold ends before proxies lose patience, with an answer of its own',
  level: 'should',
  spec: rfc6202(
    '5.5',
    'Several experiments have shown success with timeouts as high as 120 seconds, but generally 30 seconds is a safer value.',
  ),
  why: 'Most proxies wait 60 s for an answer, some 30: then the client gets a 504 or a reset instead of an empty answer.',
  fix: 'End the hold after 20 to 30 s with 204, 304 or an empty list.',
  covers: [{ row: 'lp.timeout-range' }, { row: 'lp.timeout-status' }],
  slow: true,
  run,
  selfTest: {
    passes: {
      '25 s': { peer: longPollServer(), says: '204 Status after 25' },
      '40 s': { peer: longPollServer({ holdMs: 40_000 }), says: 'some proxies' },
    },
    warns: {
      '60 s': longPollServer({ holdMs: 60_000 }),
      'ends the connection': longPollServer({ timedOut: () => ({ status: 99, headers: [['Connection', 'close']] }) }),
      'five minutes': { peer: longPollServer({ holdMs: 300_000 }), says: '120' },
      '504': { peer: longPollServer({ timedOut: () => refusal(504, 'late') }), says: '504' },
    },
  },
} satisfies HttpCheck

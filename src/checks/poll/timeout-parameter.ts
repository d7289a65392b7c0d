import { describeAnswer } from '../../wire/describe-received.ts'
import type { HttpServer } from '../../wire/http-server.ts'
import type { HttpCheck } from '../check.ts'
import { practice } from '../documents.ts'
import { longPollServer } from '../peers/long-poll-server.ts'
import { hasNews, newestCursor, poll, pollTarget } from '../poll-chain.ts'
import { pass, skip, type Verdict, warn } from '../verdict.ts'

const ASKED_S = 2
const SLACK_MS = 2000

async function run(server: HttpServer): Promise<Verdict> {
  let cursor = await newestCursor(server)
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const answer = await poll(server, cursor, {
      target: pollTarget(server, cursor, `timeout=${ASKED_S}`),
      withinMs: ASKED_S * 1000 + SLACK_MS,
    })
    if (hasNews(answer, cursor)) {
      cursor = answer.cursor
      continue
    }
    const observed = `${describeAnswer(answer.answer)} after ${Math.round(answer.ms)} ms`
    if (answer.answer.kind === 'silence') return skip(`it knows no timeout=${ASKED_S}: ${observed}`)
    if (answer.status >= 500) return warn('a response that ends the hold', observed)
    return answer.ms < (ASKED_S * 1000) / 2 ? warn(`held for ${ASKED_S} s`, observed) : pass(observed)
  }
  return skip('there was news all the time')
}

export default {
  title: 'A client may ask for a shorter hold',
  level: 'quality',
  spec: practice(
    'timeout',
    'Where a server knows a timeout parameter, it answers at that time at the latest, and not much earlier.',
  ),
  why: 'Only the client knows the impatient proxy on its side.',
  fix: 'Take the smaller of the wish and your own limit; refuse what is no number with 400.',
  covers: [{ row: 'lp.timeout-param' }],
  needs: ['publish', 'cursor'],
  // What others publish would end the poll before its time.
  alone: true,
  run,
  selfTest: {
    passes: { 'after 2 s': longPollServer() },
    warns: {
      'at once': { peer: longPollServer({ holdMs: 500 }), says: '500 ms' },
      'an error': longPollServer({ timedOut: usual => ({ ...usual, status: 504 }) }),
    },
    skips: {
      'knows none': {
        peer: () => {
          const server = longPollServer({ respond: usual => (usual.status === 204 ? null : usual) })()
          return server
        },
        says: 'knows no timeout',
      },
      'news all the time': longPollServer({ news: (all, since) => [{ id: since + 1, data: all.at(-1)?.data ?? '' }] }),
    },
  },
} satisfies HttpCheck

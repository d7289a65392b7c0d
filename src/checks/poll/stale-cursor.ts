import { describeAnswer } from '../../wire/describe-received.ts'
import type { HttpServer } from '../../wire/http-server.ts'
import { tryCases } from '../cases.ts'
import type { HttpCheck } from '../check.ts'
import { practice } from '../documents.ts'
import { refusal } from '../peers/http-response.ts'
import { longPollServer } from '../peers/long-poll-server.ts'
import { newestCursor, poll } from '../poll-chain.ts'
import { token } from '../published-events.ts'
import { pass, type Verdict, warn } from '../verdict.ts'
import type { Cursor } from '../../protocol/polling/cursor.ts'

const VALUES = [
  { name: 'garbage', value: 'rtbench-no-such-cursor' },
  { name: 'far ahead', value: '999999999999999' },
  { name: 'negative', value: '-1' },
  { name: 'empty', value: '' },
]
const WAIT_MS = 2000

/** The cursor with another value in its place. */
const altered = ({ query, headers }: Cursor, value: string): Cursor => ({
  query: query === '' ? '' : `${query.split('=', 1)[0]}=${encodeURIComponent(value)}`,
  headers: headers.map(([name]) => [name, value]),
})

async function attempt(server: HttpServer, cursor: Cursor, value: string): Promise<Verdict> {
  const asked = poll(server, altered(cursor, value), { withinMs: WAIT_MS })
  await new Promise<void>(done => void server.clock.after(WAIT_MS / 4, done))
  await server.capabilities.publish(token())
  const { answer } = await asked
  const observed = describeAnswer(answer)
  if (answer.kind === 'head')
    return answer.head.status >= 500 ? warn('a 4xx, a reset or messages', observed) : pass(observed)
  if (answer.kind === 'silence') return warn('an answer, at the latest when something is published', observed)
  return warn('a response', observed)
}

async function run(server: HttpServer): Promise<Verdict> {
  const cursor = await newestCursor(server)
  return tryCases(VALUES, ({ value }) => attempt(server, cursor, value))
}

export default {
  title: 'A cursor that means nothing gets a quick answer',
  level: 'quality',
  spec: practice(
    'stale cursors',
    'A cursor that is expired, forged or from another time gets a 4xx, or a fresh start that says so.',
  ),
  why: 'Cursors outlive the history they point into. A client that is held for ever, or gets 500 again and again, never recovers.',
  fix: 'Check the cursor first: 400 for what is no cursor; everything that is kept, with a mark, for one that cannot be placed.',
  covers: [{ row: 'lp.stale-cursor' }],
  needs: ['publish', 'cursor'],
  run,
  selfTest: {
    passes: {
      'refuses or starts over': longPollServer({
        news: (all, since) => (since > all.length ? all : all.filter(({ id }) => id > since)),
      }),
    },
    warns: {
      'never answers garbage': {
        peer: longPollServer({ respond: usual => (usual.status === 400 ? null : usual) }),
        says: 'garbage',
      },
      'a server error': {
        peer: longPollServer({ respond: usual => (usual.status === 400 ? refusal(500, 'NaN') : usual) }),
        says: '500',
      },
      'breaks off': longPollServer({ respond: usual => (usual.status === 400 ? { status: 99, headers: [] } : usual) }),
    },
  },
} satisfies HttpCheck

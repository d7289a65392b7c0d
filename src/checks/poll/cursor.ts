import { START } from '../../protocol/polling/cursor.ts'
import { describeAnswer } from '../../wire/describe-received.ts'
import type { HttpServer } from '../../wire/http-server.ts'
import type { HttpCheck } from '../check.ts'
import { practice } from '../documents.ts'
import { withHeader } from '../peers/http-response.ts'
import { longPollServer } from '../peers/long-poll-server.ts'
import { type Poll, polledWhile, sameCursor } from '../poll-chain.ts'
import { token } from '../published-events.ts'
import { pass, skip, type Verdict, warn } from '../verdict.ts'

const ROUNDS = 3

async function run(server: HttpServer): Promise<Verdict> {
  if (server.capabilities.cursor.kind === 'none') return skip('needs cursor: --cursor none')
  let cursor = START
  const seen: string[] = []
  for (let round = 1; round <= ROUNDS; round += 1) {
    const answer: Poll = await polledWhile(server, cursor, () => server.capabilities.publish(`${token()} ${round}`))
    const observed = `${describeAnswer(answer.answer)}, ${JSON.stringify(answer.text.slice(0, 80))}`
    if (answer.status !== 200) return warn('200 with a message', observed)
    if (sameCursor(answer.cursor, START)) return warn('a cursor in the answer (--cursor says where to look)', observed)
    if (sameCursor(answer.cursor, cursor))
      return warn('a cursor that moves on with each message', `${seen.at(-1)} again`)
    cursor = answer.cursor
    seen.push(cursor.query === '' ? cursor.headers.map(field => field.join(': ')).join(', ') : cursor.query)
  }
  return pass(seen.join('; '))
}

export default {
  title: 'Every answer says where to continue, and moves on',
  level: 'quality',
  spec: practice(
    'cursor',
    'Each answer carries a cursor in a header or its body; the next request gives it back as it is.',
  ),
  why: 'Without a cursor the server cannot know what the client has: messages are lost or come twice.',
  fix: 'Put the place after the last message of the answer into it, as a header or a field; do not make clients compute it.',
  covers: [{ row: 'lp.cursor' }],
  needs: ['publish'],
  blockedBy: ['poll.hold'],
  run,
  selfTest: {
    passes: { 'in the body': { peer: longPollServer(), says: 'since=1' } },
    warns: {
      none: {
        peer: longPollServer(),
        given: { cursor: { kind: 'query-json', name: 'since', key: 'next' } },
        says: 'last',
      },
      'stands still': {
        peer: longPollServer({
          respond: usual => (usual.status === 200 ? withHeader(usual, 'X-Last-Id', '7') : usual),
        }),
        given: { cursor: { kind: 'query-header', name: 'at', header: 'X-Last-Id' } },
        says: 'again',
      },
      'no message': longPollServer({ news: () => [], holdMs: 1000 }),
    },
    skips: { 'none wanted': { peer: longPollServer(), given: { cursor: { kind: 'none' } } } },
  },
} satisfies HttpCheck

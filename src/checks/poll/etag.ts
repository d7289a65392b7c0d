import { header } from '../../protocol/http1/head.ts'
import { START } from '../../protocol/polling/cursor.ts'
import { describeAnswer } from '../../wire/describe-received.ts'
import type { HttpServer } from '../../wire/http-server.ts'
import { sleep } from '../../world/timer.ts'
import type { HttpCheck } from '../check.ts'
import { rfc9110 } from '../documents.ts'
import { withHeader } from '../peers/http-response.ts'
import { longPollServer } from '../peers/long-poll-server.ts'
import { poll } from '../poll-chain.ts'
import { token } from '../published-events.ts'
import { pass, skip, type Verdict, warn } from '../verdict.ts'

async function run(server: HttpServer): Promise<Verdict> {
  if (server.capabilities.cursor.kind !== 'etag') return skip('needs --cursor etag: the cursor is no ETag here')
  const asked = poll(server, START, { headers: { 'Accept-Encoding': 'gzip, br' } })
  await sleep(server.clock, 200)
  await server.capabilities.publish(token())
  const { answer } = await asked
  const observed = describeAnswer(answer, ['ETag', 'Last-Modified', 'Content-Encoding'])
  if (answer.kind !== 'head') return warn('an answer with an ETag', observed)
  const etag = header(answer.head, 'etag')
  if (etag === undefined) return warn('an ETag, also where gzip is accepted', observed)
  return etag.startsWith('W/') ? warn('a strong ETag, as the server made it', observed) : pass(observed)
}

const tagged = (tag: string | null) => ({
  peer: longPollServer({ respond: usual => (tag === null ? usual : withHeader(usual, 'ETag', tag)) }),
  given: { cursor: { kind: 'etag' as const } },
})

export default {
  title: 'An ETag that is the cursor survives the way',
  level: 'quality',
  spec: rfc9110('8.8.3', 'An entity tag can be either a weak or strong validator, with strong being the default.'),
  why: 'Layers that compress weaken or remove the ETag; the client then has no cursor and starts over each time.',
  fix: 'Turn off compression for the polls, or carry the cursor in a header of your own or in the body.',
  covers: [{ row: 'lp.etag-survives' }],
  needs: ['publish'],
  run,
  selfTest: {
    passes: { strong: tagged('"7"') },
    warns: {
      weak: { ...tagged('W/"7"'), says: 'W/' },
      removed: tagged(null),
      'no answer': { peer: longPollServer({ respond: () => null }), given: { cursor: { kind: 'etag' } } },
    },
    skips: { 'another cursor': { peer: longPollServer(), says: 'no ETag here' } },
  },
} satisfies HttpCheck

import { CannotTell } from '../../wire/cannot-tell.ts'
import { describeAnswer } from '../../wire/describe-received.ts'
import type { HttpServer } from '../../wire/http-server.ts'
import { sleep } from '../../world/timer.ts'
import type { HttpCheck } from '../check.ts'
import { rfc6202 } from '../documents.ts'
import { refusal } from '../peers/http-response.ts'
import { longPollServer } from '../peers/long-poll-server.ts'
import { answers, hangsUp } from '../peers/scripted-server.ts'
import { fail, pass, type Verdict } from '../verdict.ts'
import { publishes } from '../watch-stream.ts'

const SETTLE_MS = 300

async function run(server: HttpServer): Promise<Verdict> {
  const asked = server.ask({ withinMs: publishes(server) ? server.timeoutMs : SETTLE_MS })
  if (publishes(server)) {
    await sleep(server.clock, SETTLE_MS)
    await server.capabilities.publish('rtbench')
  }
  const { answer } = await asked
  const observed = describeAnswer(answer, ['Location', 'Content-Type'])
  if (answer.kind === 'silence' && answer.bytes.length === 0) return pass(`held: ${observed}`)
  if (answer.kind !== 'head') return fail('an HTTP response', observed)
  const { status } = answer.head
  if (status === 301 || status === 302 || status === 303 || status === 307 || status === 308)
    throw new CannotTell(`it redirects: ${observed}: check that URL`)
  return status < 400 || status === 408 ? pass(observed) : fail('200, or no answer yet', observed)
}

export default {
  title: 'A poll is answered or held',
  level: 'must',
  spec: rfc6202(
    '2.1',
    'The server defers its response until an update is available or until a particular status or timeout has occurred. […] When an update is available, the server sends a complete response to the client.',
  ),
  why: 'Nothing else can be checked where a plain poll is refused.',
  fix: 'Check the URL, the method, and the credentials (-H, --user).',
  covers: [{ row: 'lp.timeout-status' }],
  run,
  selfTest: {
    passes: {
      'answers with news': longPollServer(),
      holds: { peer: longPollServer(), given: { absent: { publish: 'no' } }, says: 'held' },
    },
    fails: {
      '404': { peer: longPollServer({ respond: () => refusal(404, 'no') }), says: '404' },
      '500': longPollServer({ respond: () => refusal(500, 'no') }),
      'no HTTP': answers('hello\r\n\r\n'),
      'hangs up': hangsUp,
    },
  },
} satisfies HttpCheck

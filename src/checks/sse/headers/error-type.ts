import { header, type ResponseHead } from '../../../protocol/http1/head.ts'
import { parseMediaType } from '../../../protocol/http1/media-type.ts'
import { describeAnswer } from '../../../wire/describe-received.ts'
import type { HttpServer, RequestChange } from '../../../wire/http-server.ts'
import type { HttpCheck } from '../../check.ts'
import { practice } from '../../documents.ts'
import { eventStreamServer } from '../../peers/event-stream-server.ts'
import { refusal, withHeader } from '../../peers/http-response.ts'
import { pass, skip, type Verdict, warn } from '../../verdict.ts'

/** Requests that ought to be refused; what is answered otherwise says nothing. */
const WRONG: readonly (RequestChange & { name: string })[] = [
  { name: 'a path that is not there', target: '/rtbench/no-such-stream' },
  { name: 'a method that nobody has', method: 'RTBENCH' },
  { name: 'no credentials', headers: { Authorization: null, Cookie: null } },
]

async function run(server: HttpServer): Promise<Verdict> {
  const refusals: string[] = []
  for (const { name, ...change } of WRONG) {
    const { answer, peer } = await server.ask(change)
    peer.destroy()
    if (answer.kind !== 'head' || answer.head.status < 400) continue
    const observed = `${name}: ${describeAnswer(answer, ['Content-Type', 'Retry-After'])}`
    const wrong = judgeError(answer.head, observed)
    if (wrong !== null) return wrong
    refusals.push(observed)
  }
  return refusals.length === 0 ? skip('no wrong request was refused with an error') : pass(refusals.join('; '))
}

function judgeError(head: ResponseHead, observed: string): Verdict | null {
  const type = parseMediaType(header(head, 'content-type') ?? '')?.essence
  if (type === 'text/event-stream') return warn('an error with a type of its own', observed)
  const hasty = (head.status === 429 || head.status === 503) && header(head, 'retry-after') === undefined
  return hasty ? warn('Retry-After with 429 and 503', observed) : null
}

const erring = (...refused: Parameters<typeof refusal>) =>
  eventStreamServer({ respond: (usual, { target }) => (target === '/' ? usual : refusal(...refused)) })

export default {
  title: 'Errors are no event streams',
  level: 'quality',
  spec: practice('errors', 'An error has its own status and type; 429 and 503 say when to come back.'),
  why: 'A client that looks at the type alone takes the error for a stream, and tools show an empty one.',
  fix: 'Set the type of the stream only after the request was accepted; send Retry-After with 429 and 503.',
  covers: [{ row: 'sse.hd.error-type' }],
  run,
  selfTest: {
    passes: { 'text/plain': erring(404, 'no'), 'with Retry-After': erring(503, 'no', [['Retry-After', '1']]) },
    warns: {
      'an event stream': {
        peer: eventStreamServer({
          respond: (usual, { target }) =>
            target === '/' ? usual : withHeader(refusal(404, 'no'), 'Content-Type', 'text/event-stream'),
        }),
        says: '404',
      },
      'when to come back is not said': { peer: erring(429, 'no'), says: '429' },
    },
    skips: { 'refuses nothing': eventStreamServer({ respond: usual => ({ ...usual, status: 200 }) }) },
  },
} satisfies HttpCheck

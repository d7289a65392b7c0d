import { header } from '../../../protocol/http1/head.ts'
import { describeAnswer } from '../../../wire/describe-received.ts'
import type { HttpServer } from '../../../wire/http-server.ts'
import { tryCases } from '../../cases.ts'
import type { HttpCheck } from '../../check.ts'
import { rfc9110 } from '../../documents.ts'
import { eventStreamServer } from '../../peers/event-stream-server.ts'
import { refusal } from '../../peers/http-response.ts'
import { fail, pass, type Verdict, warn } from '../../verdict.ts'

async function attempt(server: HttpServer, method: string): Promise<Verdict> {
  const { answer, peer } = await server.ask({ method, body: Buffer.alloc(0) })
  peer.destroy()
  const observed = describeAnswer(answer, ['Allow', 'Content-Type'])
  if (answer.kind !== 'head') return fail('a response', observed)
  const { status } = answer.head
  if (status === 405 && header(answer.head, 'allow') === undefined) return fail('Allow with a 405', observed)
  if (status >= 500 && status !== 501) return warn('405 with Allow, or a 4xx', observed)
  return pass(observed)
}

const onPost = (response: Parameters<typeof refusal>) =>
  eventStreamServer({ respond: (usual, { method }) => (method === 'POST' ? refusal(...response) : usual) })

export default {
  title: 'Methods that are not served are refused with 405 and Allow',
  level: 'must',
  spec: rfc9110(
    '15.5.6',
    "The origin server MUST generate an Allow header field in a 405 response containing a list of the target resource's currently supported methods.",
  ),
  why: 'Clients made with fetch may ask with POST; they must learn that this does not work here, and what does.',
  fix: 'Answer 405 with Allow: GET, HEAD, or serve the method.',
  covers: [{ row: 'sse.hd.method' }],
  run: server =>
    tryCases(
      ['POST', 'PUT'].map(name => ({ name })),
      ({ name }) => attempt(server, name),
    ),
  selfTest: {
    passes: {
      '405 with Allow': eventStreamServer(),
      'serves it': eventStreamServer({
        respond: (usual, { method }) => ({ ...usual, status: method === 'PUT' ? 501 : 200 }),
      }),
    },
    fails: {
      '405 without Allow': { peer: onPost([405, 'no']), says: '405' },
      'no answer': eventStreamServer({ respond: (usual, { method }) => (method === 'POST' ? null : usual) }),
    },
    warns: { '500': { peer: onPost([500, 'oops']), says: '500' } },
  },
} satisfies HttpCheck

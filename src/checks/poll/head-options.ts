import { describeAnswer, describeBytes } from '../../wire/describe-received.ts'
import type { HttpServer } from '../../wire/http-server.ts'
import { tryCases } from '../cases.ts'
import type { HttpCheck } from '../check.ts'
import { rfc9110 } from '../documents.ts'
import { longPollServer } from '../peers/long-poll-server.ts'
import { fail, pass, type Verdict, warn } from '../verdict.ts'

const QUICK_MS = 2000

async function attempt(server: HttpServer, method: string): Promise<Verdict> {
  const { answer, peer } = await server.ask({ method, withinMs: QUICK_MS })
  const observed = describeAnswer(answer, ['Allow'])
  if (answer.kind !== 'head') return warn(`a response within ${QUICK_MS} ms`, observed)
  if (answer.head.status >= 500 && answer.head.status !== 501) return warn('200, 204 or 405', observed)
  if (method !== 'HEAD') return pass(observed)
  const content = await peer.read(server.quietMs)
  return content.kind === 'bytes' ? fail('no content', `${observed}, ${describeBytes(content.bytes)}`) : pass(observed)
}

export default {
  title: 'HEAD and OPTIONS are answered at once',
  level: 'must',
  spec: rfc9110(
    '9.3.2',
    'The HEAD method is identical to GET except that the server MUST NOT send content in the response.',
  ),
  why: 'Monitors ask with HEAD, browsers with OPTIONS: a request that is held for them looks like an outage.',
  fix: 'Answer HEAD with the headers of an empty answer, OPTIONS with 204 and Allow.',
  covers: [{ row: 'lp.head-options' }],
  run: server =>
    tryCases(
      ['HEAD', 'OPTIONS'].map(name => ({ name })),
      ({ name }) => attempt(server, name),
    ),
  selfTest: {
    passes: { 'at once': longPollServer() },
    warns: {
      'HEAD is held': {
        peer: longPollServer({ respond: (usual, { method }) => (method === 'HEAD' ? null : usual) }),
        says: 'HEAD',
      },
      'OPTIONS breaks it': {
        peer: longPollServer({
          respond: (usual, { method }) => (method === 'OPTIONS' ? { ...usual, status: 500 } : usual),
        }),
        says: '500',
      },
    },
    fails: {
      'HEAD has content': {
        peer: longPollServer({
          respond: (usual, { method }) => (method === 'HEAD' ? { ...usual, body: '{"last":0}' } : usual),
        }),
        says: '10 bytes',
      },
    },
  },
} satisfies HttpCheck

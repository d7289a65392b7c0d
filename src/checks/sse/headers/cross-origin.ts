import { header } from '../../../protocol/http1/head.ts'
import type { HttpServer } from '../../../wire/http-server.ts'
import type { HttpCheck } from '../../check.ts'
import { crossOrigin, FOREIGN_ORIGIN } from '../../cross-origin.ts'
import { fetchStandard } from '../../documents.ts'
import { eventStreamServer } from '../../peers/event-stream-server.ts'
import { withHeader } from '../../peers/http-response.ts'
import { fail, pass, type Verdict, warn } from '../../verdict.ts'

const ALLOW = 'Access-Control-Allow-Origin'
const CREDENTIALS = 'Access-Control-Allow-Credentials'

async function run(server: HttpServer): Promise<Verdict> {
  const { allowedOrigin } = server.capabilities
  const asked = async (origin: string) =>
    crossOrigin((await server.events({ headers: { Origin: origin } })).head, origin)
  const foreign = await asked(FOREIGN_ORIGIN)
  const seen = allowedOrigin === null ? [foreign] : [foreign, await asked(allowedOrigin)]
  for (const { malformed, any, credentials, observed } of seen) {
    if (malformed) return fail('one origin, * or none', observed)
    if (any && credentials) return fail('the origin itself where credentials are allowed', observed)
  }
  if (allowedOrigin !== null && !seen[1]!.letsIn) return fail(`${ALLOW}: ${allowedOrigin}`, seen[1]!.observed)
  if (foreign.letsIn && foreign.credentials)
    return warn('credentials for known origins only', `any origin is let in: ${foreign.observed}`)
  return pass(seen.map(({ observed }) => observed).join('; '))
}

/** `answer` gives the two fields for a request's Origin. */
const sharing = (answer: (origin: string) => [allow: string[], credentials?: boolean]) =>
  eventStreamServer({
    respond(usual, request) {
      const [allow, credentials = false] = answer(header(request, 'origin') ?? '')
      const response = withHeader(usual, ALLOW, ...allow)
      return credentials ? withHeader(response, CREDENTIALS, 'true') : response
    },
  })
const known = (origin: string) => (origin === 'http://peer.test' ? [origin] : [])
const nobody = { allowedOrigin: null }

export default {
  title: 'Pages of other origins are let in in a way that browsers take',
  level: 'must',
  spec: fetchStandard(
    '4.10',
    'If request\'s credentials mode is not "include" and origin is `*`, then return success. If the result of byte-serializing a request origin with request is not origin, then return failure.',
  ),
  why: 'A browser closes the stream to the page: with a list of origins, a pattern, or * for a stream with cookies.',
  fix: 'Send back the one Origin that asked if it is on your list; with cookies also Access-Control-Allow-Credentials: true.',
  covers: [{ row: 'sse.hd.cors' }],
  run,
  selfTest: {
    passes: {
      'the one origin': sharing(origin => [known(origin), true]),
      none: { peer: eventStreamServer(), given: nobody },
      'everybody without credentials': sharing(() => [['*']]),
    },
    fails: {
      'everybody with credentials': sharing(() => [['*'], true]),
      'a list': { peer: sharing(() => [['http://peer.test, http://other.test']]), given: nobody },
      'two fields': { peer: sharing(() => [['http://a.test', 'http://b.test']]), given: nobody },
      'a pattern': sharing(() => [['https://*.peer.test']]),
      'not the allowed one': { peer: eventStreamServer(), says: 'no Access-Control' },
    },
    warns: { 'whoever asks, with credentials': { peer: sharing(origin => [[origin], true]), says: 'any origin' } },
  },
} satisfies HttpCheck

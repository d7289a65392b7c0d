import { header, headerHasToken } from '../../../protocol/http1/head.ts'
import { describeAnswer } from '../../../wire/describe-received.ts'
import type { HttpServer } from '../../../wire/http-server.ts'
import type { HttpCheck } from '../../check.ts'
import { crossOrigin, FOREIGN_ORIGIN } from '../../cross-origin.ts'
import { fetchStandard } from '../../documents.ts'
import { eventStreamServer } from '../../peers/event-stream-server.ts'
import { type HttpResponse, refusal, withHeader } from '../../peers/http-response.ts'
import { pass, skip, type Verdict, warn } from '../../verdict.ts'

const HEADERS = 'Access-Control-Allow-Headers'

async function run(server: HttpServer): Promise<Verdict> {
  const origin = server.capabilities.allowedOrigin ?? FOREIGN_ORIGIN
  const stream = await server.events({ headers: { Origin: origin } })
  if (!crossOrigin(stream.head, origin).letsIn)
    return skip(`needs allowed-origin: ${origin} is not let in at all (--origin-allowed names one that is)`)
  const { answer } = await server.ask({
    method: 'OPTIONS',
    headers: {
      Origin: origin,
      Accept: '*/*',
      'Access-Control-Request-Method': 'GET',
      'Access-Control-Request-Headers': 'authorization,last-event-id',
    },
  })
  const observed = describeAnswer(answer, ['Access-Control-Allow-Origin', HEADERS])
  if (answer.kind !== 'head' || answer.head.status < 200 || answer.head.status > 299)
    return warn('HTTP 204 or 200', observed)
  if (!crossOrigin(answer.head, origin).letsIn) return warn(`Access-Control-Allow-Origin: ${origin}`, observed)
  const { head } = answer
  const credentials = header(head, 'access-control-allow-credentials') === 'true'
  // A star is a name like any other where credentials are sent, and never stands for Authorization.
  const star = !credentials && headerHasToken(head, HEADERS, '*')
  if (!star && !headerHasToken(head, HEADERS, 'last-event-id')) return warn(`${HEADERS}: Last-Event-ID`, observed)
  return headerHasToken(head, HEADERS, 'authorization') ? pass(observed) : warn(`${HEADERS}: Authorization`, observed)
}

const preflighted = (change: (allowed: HttpResponse) => HttpResponse) =>
  eventStreamServer({
    respond(usual, request) {
      const shared = withHeader(usual, 'Access-Control-Allow-Origin', header(request, 'origin') ?? '*')
      if (request.method !== 'OPTIONS') return shared
      const allowed = {
        status: 204,
        headers: shared.headers.filter(([name]) => !/^(allow|content|connection)/i.test(name)),
      }
      return change({
        ...allowed,
        headers: [...allowed.headers, [HEADERS, 'Authorization, Last-Event-ID'], ['Connection', 'close']],
      })
    },
  })

export default {
  title: 'A preflight request allows Last-Event-ID and Authorization',
  level: 'quality',
  spec: fetchStandard(
    '4.8',
    "If one of request's header list's names is a CORS non-wildcard request-header name and is not a byte-case-insensitive match for an item in headerNames, then return a network error. For each unsafeName of the CORS-unsafe request-header names with request's header list, if unsafeName is not a byte-case-insensitive match for an item in headerNames and request's credentials mode is \"include\" or headerNames does not contain `*`, return a network error.",
  ),
  why: 'A client made with fetch sends these headers from another origin only after a preflight allows them: it cannot resume.',
  fix: 'Answer OPTIONS with 204, the Origin, and Access-Control-Allow-Headers: Authorization, Last-Event-ID.',
  covers: [{ row: 'sse.hd.preflight' }],
  needs: ['ids'],
  run,
  selfTest: {
    passes: { allowed: preflighted(allowed => allowed) },
    warns: {
      'a star': preflighted(allowed => withHeader(allowed, HEADERS, '*')),
      'not answered': { peer: preflighted(() => refusal(405, '', [['Allow', 'GET']])), says: '405' },
      'another origin': preflighted(allowed => withHeader(allowed, 'Access-Control-Allow-Origin', 'http://other.test')),
      'without Last-Event-ID': preflighted(allowed => withHeader(allowed, HEADERS, 'Authorization')),
      'a star with credentials': preflighted(allowed =>
        withHeader(withHeader(allowed, HEADERS, '*'), 'Access-Control-Allow-Credentials', 'true'),
      ),
    },
    skips: { 'lets nobody in': { peer: eventStreamServer(), says: 'not let in' } },
  },
} satisfies HttpCheck

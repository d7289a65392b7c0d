import { header } from '../../../protocol/http1/head.ts'
import { parseMediaType } from '../../../protocol/http1/media-type.ts'
import { CannotTell } from '../../../wire/cannot-tell.ts'
import { describeAnswer } from '../../../wire/describe-received.ts'
import type { HttpServer } from '../../../wire/http-server.ts'
import type { HttpCheck } from '../../check.ts'
import { html } from '../../documents.ts'
import { eventStreamServer } from '../../peers/event-stream-server.ts'
import { refusal, withHeader } from '../../peers/http-response.ts'
import { hangsUp, silent } from '../../peers/scripted-server.ts'
import { fail, pass, type Verdict } from '../../verdict.ts'

const REDIRECTS = new Set([301, 302, 303, 307, 308])
const MOST_REDIRECTS = 10

async function run(server: HttpServer): Promise<Verdict> {
  const base = `${server.defaults.secure ? 'https' : 'http'}://${server.defaults.host}`
  let url = new URL(server.defaults.target, base)
  for (let hops = 0; hops <= MOST_REDIRECTS; hops += 1) {
    const target = hops === 0 ? server.defaults.target : `${url.pathname}${url.search}`
    const { answer } = await server.ask({ target })
    const observed = describeAnswer(answer, ['Content-Type', 'Location', 'Retry-After'])
    if (answer.kind !== 'head') return fail('HTTP 200', observed)
    const { status } = answer.head
    if (!REDIRECTS.has(status)) return judgeEnd(status, header(answer.head, 'content-type'), observed, hops, url)
    const location = header(answer.head, 'location')
    if (location === undefined || !URL.canParse(location, url.href)) return fail('a valid Location', observed)
    url = new URL(location, url)
    if (url.origin !== new URL(base).origin) throw new CannotTell(`it redirects to ${url.href}: check that URL`)
  }
  return fail('HTTP 200 after a few redirects', `more than ${MOST_REDIRECTS} redirects, the last to ${url.href}`)
}

function judgeEnd(status: number, type: string | undefined, observed: string, hops: number, url: URL): Verdict {
  if (status !== 200) return fail('HTTP 200', observed)
  if (hops === 0) return pass(observed)
  if (parseMediaType(type ?? '')?.essence !== 'text/event-stream')
    return fail('text/event-stream after the redirect', observed)
  throw new CannotTell(`it redirects to the event stream ${url.href}: check that URL`)
}

const redirecting = (status: number, ...location: string[]) =>
  eventStreamServer({
    respond: (usual, request) =>
      request.target === '/stream' ? usual : withHeader(refusal(status, ''), 'Location', ...location),
  })

export default {
  title: 'A request for the stream is answered with 200',
  level: 'must',
  spec: html(
    '9.2.2',
    "if res's status is not 200, or if res's `Content-Type` is not `text/event-stream`, then fail the connection.",
  ),
  why: 'On any other status an EventSource fires error and never tries again, also after a 503.',
  fix: 'Answer 200; for a redirect use 301, 302, 303, 307 or 308 with a Location that leads to the stream.',
  covers: [{ row: 'sse.hd.status' }, { row: 'sse.hd.redirect' }],
  run,
  selfTest: {
    passes: { '200': eventStreamServer() },
    fails: {
      '204': { peer: eventStreamServer({ respond: usual => ({ ...usual, status: 204 }) }), says: '204' },
      '503': eventStreamServer({ respond: () => refusal(503, 'later', [['Retry-After', '1']]) }),
      'redirect without Location': redirecting(302),
      'redirect to nowhere': redirecting(302, 'http://['),
      'redirect to itself': { peer: redirecting(307, '/'), says: 'more than 10' },
      'redirect to a page': eventStreamServer({
        respond: (usual, request) =>
          request.target === '/stream'
            ? withHeader(usual, 'Content-Type', 'text/html')
            : refusal(301, '', [['Location', '/stream']]),
      }),
      'no answer': { peer: silent, says: 'no response head' },
      'hangs up': hangsUp,
    },
  },
} satisfies HttpCheck

import type { HeaderLine } from '../../../config/run-config.ts'
import type { CheckResult, Finding } from '../../../report/report.ts'
import { ask } from '../client/http-exchange.ts'
import { withOwnHeaders } from '../client/probe-target.ts'
import { emitEvents } from '../origin/event-emitter.ts'
import type { OriginExchange } from '../origin/exchange.ts'
import { type Hop, remedyLines } from '../hop.ts'
import { checkOf, emptyPart, type PartResult, type ProxyRoom } from '../part.ts'
import { probeName } from '../probe-name.ts'
import { compareHeaders, describeDifference, type HeaderDifference } from './compare-headers.ts'

export interface HeadersResult extends PartResult {
  request: HeaderDifference[]
  response: HeaderDifference[]
}

/** Without these a stream cannot resume, authenticate or be told from another. */
const NEEDED = new Set(['last-event-id', 'cookie', 'origin', 'authorization', 'x-rtbench-mark', 'accept'])
const PLAN = { atMs: [50, 100, 150], bytes: 64, endMs: 200 }
const ANSWER: HeaderLine[] = [
  ['Cache-Control', 'no-cache'],
  ['X-Accel-Buffering', 'no'],
  ['Set-Cookie', 'rtbench=2; Path=/'],
  ['X-Rtbench-Answer', 'kept'],
  ['Access-Control-Allow-Origin', '*'],
]

/** The headers part: what an event stream's request and answer lose, gain or change on the way. */
export async function runHeaders({ target, origin }: ProxyRoom): Promise<HeadersResult> {
  const name = probeName()
  const seen: OriginExchange[] = []
  origin!.announce(name, exchange => {
    seen.push(exchange)
    emitEvents(exchange, PLAN, ANSWER)
  })
  const sent: HeaderLine[] = [
    ['Accept', 'text/event-stream'],
    ['Accept-Encoding', 'identity'],
    ['Last-Event-ID', '41'],
    ['Cookie', 'rtbench=1'],
    ['Origin', target.webOrigin],
    ['X-Rtbench-Mark', 'kept'],
  ]
  const none: HeadersResult = { ...emptyPart(), request: [], response: [] }
  try {
    const opened = await ask(target, { path: target.pathFor(name), headers: sent })
    if (!opened.ok) return { ...none, unreachable: opened.reason }
    const exchange = opened.value
    await exchange.finished(target.timeoutMs)
    exchange.pipe.destroy()
    const first = seen[0]
    if (first === undefined || exchange.head === null) {
      const reason = first === undefined ? 'the request did not reach the origin' : 'no answer came back'
      return { ...none, checks: [checkOf('headers.passed', 'a request passes', 'fail', { reason })] }
    }
    const answered: HeaderLine[] = [['Content-Type', 'text/event-stream'], ...ANSWER]
    const onRequest = compareHeaders(withOwnHeaders(target, sent), first.head.headers)
    const onResponse = compareHeaders(answered, exchange.head.headers)
    return {
      ...none,
      request: onRequest,
      response: onResponse,
      responseHeaders: exchange.head.headers,
      checks: headerChecks(first.head.version, seen.length, onRequest, onResponse),
    }
  } finally {
    origin!.withdraw(name)
  }
}

const isLost = ({ kind, name }: HeaderDifference): boolean => kind !== 'added' && NEEDED.has(name)

function headerChecks(
  version: string,
  requests: number,
  request: readonly HeaderDifference[],
  response: readonly HeaderDifference[],
): CheckResult[] {
  const lost = request.filter(isLost)
  const list = (differences: readonly HeaderDifference[]) =>
    differences.map(describeDifference).join(', ') || 'unchanged'
  const isTyped = !response.some(({ name, kind }) => name === 'content-type' && kind !== 'added')
  // A hop that obeys X-Accel-Buffering takes it out.
  const dropped = response.filter(({ kind, name }) => kind !== 'added' && name !== 'x-accel-buffering')
  return [
    checkOf(
      'headers.request',
      'Last-Event-ID, cookies and Origin reach the origin',
      lost.length === 0 ? 'pass' : 'fail',
      {
        observed: list(request),
        reason: lost.length === 0 ? '' : list(lost),
      },
    ),
    checkOf(
      'headers.response',
      "the origin's headers reach the client",
      !isTyped ? 'fail' : dropped.length > 0 ? 'warn' : 'pass',
      {
        observed: list(response),
        reason: dropped.length === 0 ? '' : list(dropped),
      },
    ),
    checkOf('headers.version', 'HTTP version towards the origin', 'info', {
      level: 'info',
      observed: `HTTP/${version}`,
    }),
    checkOf('headers.once', 'the origin sees one request for one', requests === 1 ? 'pass' : 'warn', {
      observed: `${requests}`,
      reason: requests === 1 ? '' : `the proxy asked ${requests} times`,
    }),
  ]
}

export function headersFindings({ request, response }: HeadersResult, hop: Hop): Finding[] {
  const lost = request.filter(isLost).map(difference => ({
    id: `headers.${difference.name}`,
    severity: 'error' as const,
    text: `on the way to the origin: ${describeDifference(difference)}${meaningOf(difference.name)}`,
    fix: remedyLines(hop, 'header-dropped', {
      name: difference.name,
      variable: `http_${difference.name.replaceAll('-', '_')}`,
    }).join('\n'),
  }))
  const type = response.filter(({ name, kind }) => name === 'content-type' && kind !== 'added')
  return [
    ...lost,
    ...type.map(difference => ({
      id: 'headers.content-type',
      severity: 'error' as const,
      text: `on the way to the client: ${describeDifference(difference)}: an EventSource refuses the stream`,
      fix: '',
    })),
  ]
}

function meaningOf(name: string): string {
  if (name === 'last-event-id') return ': a client that comes back loses what it missed'
  return name === 'cookie' || name === 'authorization' ? ': the origin cannot know who asks' : ''
}

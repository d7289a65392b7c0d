import type { HeaderLine } from '../../../config/run-config.ts'
import { encodeVerbatimHead } from '../../../protocol/http1/request.ts'
import type { Finding } from '../../../report/report.ts'
import { formatMs } from '../../../report/text.ts'
import { ask } from '../client/http-exchange.ts'
import type { OriginExchange } from '../origin/exchange.ts'
import { type Hop, remedyLines } from '../hop.ts'
import { checkOf, emptyPart, type PartResult, type ProxyRoom } from '../part.ts'
import { probeName } from '../probe-name.ts'

interface Polled {
  status: number | null
  body: string
  tookMs: number
}

interface Chain {
  answers: Polled[]
  atOrigin: number
}

export interface PollResult extends PartResult {
  plain: Chain
  noStore: Chain
}

const POLLS = 3
const HOLD_MS = 2000

/** The polling part: whether every poll reaches the origin, and whether one may wait. */
export async function runPoll(room: ProxyRoom): Promise<PollResult> {
  const [plain, noStore, held] = await Promise.all([
    pollChain(room, POLLS, 0, []),
    pollChain(room, POLLS, 0, [['Cache-Control', 'no-store']]),
    pollChain(room, 1, HOLD_MS, [['Cache-Control', 'no-store']]),
  ])
  const answer = held.answers[0]
  const isHeld = answer?.status === 200 && answer.tookMs >= HOLD_MS * 0.9
  const checks = [
    cacheCheck('poll.cache', 'each poll is answered by the origin, without any Cache-Control', plain, 'warn'),
    cacheCheck('poll.no-store', 'each poll is answered by the origin, with Cache-Control: no-store', noStore, 'fail'),
    checkOf('poll.held', `a poll that waits ${HOLD_MS / 1000} s is answered`, isHeld ? 'pass' : 'fail', {
      observed: answer === undefined ? 'no answer' : `${answer.status ?? 'nothing'} after ${formatMs(answer.tookMs)}`,
    }),
  ]
  return { ...emptyPart(), checks, plain, noStore }
}

const isCached = ({ answers, atOrigin }: Chain): boolean => answers.length > 0 && atOrigin < answers.length

function cacheCheck(id: string, title: string, chain: Chain, bad: 'warn' | 'fail') {
  const { answers, atOrigin } = chain
  const observed = `${answers.length} polls, ${atOrigin} at the origin, answers ${answers.map(({ body }) => body).join(' ')}`
  return checkOf(id, title, isCached(chain) ? bad : 'pass', {
    spec: 'RFC 9111 §3',
    expected: `${answers.length} polls at the origin`,
    observed,
    reason: isCached(chain) ? `answered from a cache: ${observed}` : '',
  })
}

/** The same URL again and again, as a client with its cursor in a header or cookie would. */
async function pollChain(
  { target, origin }: ProxyRoom,
  polls: number,
  holdMs: number,
  answer: HeaderLine[],
): Promise<Chain> {
  const name = probeName()
  let atOrigin = 0
  origin!.announce(name, exchange => {
    atOrigin += 1
    const number = atOrigin
    setTimeout(() => respond(exchange, number, answer), holdMs)
  })
  const answers: Polled[] = []
  try {
    for (let index = 0; index < polls; index += 1) {
      const opened = await ask(target, { path: target.pathFor(name), headers: [['Accept', '*/*']] })
      if (!opened.ok) break
      const exchange = opened.value
      await exchange.finished(holdMs + target.timeoutMs)
      exchange.pipe.destroy()
      answers.push({
        status: exchange.head?.status ?? null,
        body: Buffer.concat(exchange.arrivals.map(({ bytes }) => bytes)).toString('latin1', 0, 40),
        tookMs: (exchange.bodyEndedAtMs ?? exchange.end?.atMs ?? Number.NaN) - exchange.requestedAtMs,
      })
    }
    return { answers, atOrigin }
  } finally {
    origin!.withdraw(name)
  }
}

function respond(exchange: OriginExchange, number: number, headers: readonly HeaderLine[]): void {
  const body = `{"last":${number}}`
  const lines = headers.map(([name, value]) => `${name}: ${value}`)
  const head = ['HTTP/1.1 200 OK', 'Content-Type: application/json', `Content-Length: ${body.length}`, ...lines]
  exchange.write(Buffer.concat([encodeVerbatimHead(head), Buffer.from(body)]))
  exchange.complete()
}

export function pollFindings({ plain, noStore, checks }: PollResult, hop: Hop): Finding[] {
  const findings: Finding[] = []
  if (isCached(plain)) {
    const mends = !isCached(noStore)
    const own = mends
      ? ['from the origin, tried in this run, mends it: send Cache-Control: no-store']
      : ['no header of the origin helps (Cache-Control: no-store was tried); change the proxy:']
    findings.push({
      id: 'poll.cached',
      severity: 'error',
      text: `polls are answered from a cache: ${plain.answers.length} polls, ${plain.atOrigin} reached the origin`,
      fix: [...own, ...remedyLines(hop, 'cache')].join('\n'),
    })
  }
  const held = checks.find(({ id }) => id === 'proxy.poll.held')
  if (held?.verdict === 'fail')
    findings.push({
      id: 'poll.held',
      severity: 'error',
      text: `a poll that the origin held for ${HOLD_MS / 1000} s was not answered: ${held.observed}`,
      fix: remedyLines(hop, 'idle').join('\n'),
    })
  return findings
}

import type { Finding } from '../../../report/report.ts'
import { formatBytes, formatMs, formatShare } from '../../../report/text.ts'
import { type Hop, remedyLines } from '../hop.ts'
import { checkOf, emptyPart, type PartResult, type ProxyRoom } from '../part.ts'
import { CAP_BYTES, type FilledPath, fillPath } from './fill-path.ts'
import { stallCheck, stallFindings } from './describe-stall.ts'
import { neighbourDelay } from './neighbour.ts'
import { stallEndpoint, type StalledStream } from './stall-endpoint.ts'

export interface SlowConsumerResult extends PartResult {
  /** Where rtbench is the origin. */
  filled: FilledPath | null
  /** Where somebody else is. */
  stalled: StalledStream | null
}

/** Socket buffers of a few hops hold this much; beyond it something else keeps the backlog. */
const USUAL_BYTES = 32 * 1024 * 1024
const NEIGHBOUR_MS = 1000
/** Of the time of a stall that this process may miss. */
const MOST_BLIND = 0.3

/** The slow-consumer part: a client stops reading while the origin goes on; of our own origin another one looks on. */
export async function runSlowConsumer(room: ProxyRoom): Promise<SlowConsumerResult> {
  if (room.origin !== null) return fillOwnOrigin(room)
  const seen = await stallEndpoint(room.target)
  return {
    ...emptyPart(),
    checks: [stallCheck(seen)],
    filled: null,
    stalled: typeof seen === 'string' ? null : seen,
    limited:
      typeof seen !== 'string' && seen.blindShare > MOST_BLIND
        ? `this machine did not run rtbench for ${formatShare(seen.blindShare)} of the time: what a server does meanwhile is not known`
        : null,
  }
}

async function fillOwnOrigin(room: ProxyRoom): Promise<SlowConsumerResult> {
  const [filled, delayMs] = await Promise.all([fillPath(room), neighbourDelay(room)])
  if (typeof filled === 'string') {
    const check = checkOf('slow-consumer.backlog', 'a client that stops reading', 'skip', { reason: filled })
    return { ...emptyPart(), checks: [check], filled: null, stalled: null }
  }
  const observed = `${describe(filled)}; read on, the client got ${formatBytes(filled.deliveredBytes)}`
  const suffers = delayMs === null || delayMs > NEIGHBOUR_MS
  const neighbour = delayMs === null ? 'its stream was not complete' : `at most ${formatMs(delayMs)} under way`
  return {
    ...emptyPart(),
    responseHeaders: filled.headers,
    filled,
    stalled: null,
    checks: [
      checkOf(
        'slow-consumer.backlog',
        'the origin feels it when a client stops reading',
        isBounded(filled) ? 'pass' : 'warn',
        {
          observed,
          reason: isBounded(filled) ? '' : describe(filled),
        },
      ),
      checkOf('slow-consumer.neighbour', 'other clients do not suffer from a slow one', suffers ? 'warn' : 'pass', {
        observed: neighbour,
        reason: suffers ? neighbour : '',
      }),
    ],
  }
}

const isBounded = ({ how, backlogBytes }: FilledPath): boolean => how !== 'absorbed' && backlogBytes < USUAL_BYTES

function describe(filled: FilledPath): string {
  const { backlogBytes, how, originKernelBytes, clientKernelBytes, hopKernelBytes, hopDiskBytes, hopBytes } = filled
  const most = {
    blocked: 'then the origin was held',
    absorbed: `and more would have fitted (limit ${formatBytes(CAP_BYTES)})`,
    closed: 'then the connection was closed',
  }
  const places = [
    [originKernelBytes, "the origin's kernel"],
    [hopKernelBytes, "the proxy's kernel"],
    [hopDiskBytes ?? 0, "the proxy's disk"],
    [hopBytes, hopDiskBytes === null ? "the proxy's memory or disk" : "the proxy's memory"],
    [clientKernelBytes, "the client's kernel"],
  ] as const
  const where = places
    .filter(([bytes]) => bytes >= backlogBytes / 1000 && bytes > 0)
    .map(([bytes, place]) => `${formatBytes(bytes)} in ${place}`)
  return `${formatBytes(backlogBytes)} fitted, ${most[how]}: ${where.join(', ')}`
}

export function slowConsumerFindings({ filled, stalled, checks }: SlowConsumerResult, hop: Hop): Finding[] {
  if (stalled !== null) return stallFindings(stalled, hop)
  const findings: Finding[] = []
  if (filled !== null && isBounded(filled))
    findings.push({
      id: 'slow-consumer.backlog',
      severity: 'info',
      text: `the origin feels it when a client stops reading: ${describe(filled)}`,
      fix: '',
    })
  else if (filled !== null)
    findings.push({
      id: 'slow-consumer.absorbed',
      severity: 'warning',
      text: `the path hides slow clients from the origin: ${describe(filled)}`,
      fix: remedyLines(hop, 'slow-consumer').join('\n'),
    })
  const neighbour = checks.find(({ id, verdict }) => id === 'proxy.slow-consumer.neighbour' && verdict === 'warn')
  if (neighbour !== undefined)
    findings.push({
      id: 'slow-consumer.neighbour',
      severity: 'warning',
      text: `a client that stops reading disturbs another: ${neighbour.reason}`,
      fix: '',
    })
  return findings
}

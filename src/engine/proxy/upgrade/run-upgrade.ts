import type { CheckResult, Finding } from '../../../report/report.ts'
import { formatMs } from '../../../report/text.ts'
import { compareHeaders, describeDifference } from '../headers/compare-headers.ts'
import { type Hop, remedyLines } from '../hop.ts'
import { checkOf, emptyPart, type PartResult, type ProxyRoom } from '../part.ts'
import { ABORT_WAIT_MS, type AbortSeen, probeSocketAbort, probeStreamAbort } from './abort-probe.ts'
import {
  CLIENT_FRAME_BYTES,
  CLOSE_CODE,
  CLOSE_REASON,
  FRAGMENTS,
  probeTunnel,
  type TunnelFacts,
} from './tunnel-probe.ts'

/** The WebSocket part: whether the upgrade passes, and what happens to frames, closes and clients that vanish. */
export async function runUpgrade(room: ProxyRoom): Promise<PartResult & { facts: TunnelFacts | null }> {
  const [facts, socketAbort, streamAbort] = await Promise.all([
    probeTunnel(room),
    probeSocketAbort(room),
    probeStreamAbort(room),
  ])
  const checks = [...upgradeChecks(facts), abortCheck('stream-abort', 'an event stream', streamAbort)]
  if (facts?.status === 101) checks.push(abortCheck('socket-abort', 'a WebSocket', socketAbort))
  return { ...emptyPart(), checks, facts, responseHeaders: facts?.responseHeaders ?? [] }
}

export function upgradeChecks(facts: TunnelFacts | null): CheckResult[] {
  const isOpen = facts !== null && facts.status === 101
  const passed = checkOf(
    'upgrade.passed',
    'a WebSocket upgrade reaches the origin and its 101 the client',
    isOpen ? 'pass' : 'fail',
    {
      level: 'must',
      spec: 'RFC 9110 §7.8',
      expected: '101, and Upgrade: websocket at the origin',
      observed: describeUpgrade(facts),
      reason: isOpen ? '' : describeUpgrade(facts),
    },
  )
  if (!isOpen) return [passed]
  const line = (id: string, title: string, ok: boolean, observed: string, bad: 'fail' | 'warn' = 'fail') =>
    checkOf(`upgrade.${id}`, title, ok ? 'pass' : bad, { observed, reason: ok ? '' : observed })
  const changed = compareHeaders(facts.sentHeaders, facts.atOrigin?.headers ?? []).filter(
    ({ kind }) => kind !== 'added',
  )
  const isWhole = facts.clientFrameBytes.length === 1 && facts.clientFrameBytes[0] === CLIENT_FRAME_BYTES
  const keptFragments = facts.fragments.join() === FRAGMENTS.join()
  return [
    passed,
    line(
      'first-frame',
      'a frame sent right behind the 101 arrives',
      facts.firstFrame,
      facts.firstFrame ? 'arrived' : 'lost',
    ),
    line(
      'headers',
      'Origin, Cookie and Sec-WebSocket-* reach the origin',
      changed.length === 0,
      changed.map(describeDifference).join(', ') || 'unchanged',
    ),
    line(
      'ping',
      'a ping is left to the origin',
      facts.pingArrived && !facts.pongByProxy,
      facts.pongByProxy ? 'answered by the proxy' : facts.pingArrived ? 'arrived' : 'did not arrive',
      'warn',
    ),
    line(
      'fragments',
      'frames keep their borders',
      keptFragments && isWhole,
      `${FRAGMENTS.join(' + ')} arrived as ${facts.fragments.join(' + ')}, ${CLIENT_FRAME_BYTES} as ${facts.clientFrameBytes.join(' + ')}`,
      'warn',
    ),
    line(
      'close-code',
      "the origin's close code and reason reach the client",
      facts.closeCode === CLOSE_CODE && facts.closeReason === CLOSE_REASON,
      facts.closeCode === null ? 'no Close frame came' : `${facts.closeCode} ${facts.closeReason}`,
    ),
  ]
}

function describeUpgrade(facts: TunnelFacts | null): string {
  if (facts === null) return 'no connection to the proxy'
  const { atOrigin, status } = facts
  const answer = status === null ? 'no answer' : `the client got ${status}`
  if (atOrigin === null) return `the request did not reach the origin; ${answer}`
  const upgrade = atOrigin.upgrade === undefined ? 'without Upgrade' : `with Upgrade: ${atOrigin.upgrade}`
  return `the origin got HTTP/${atOrigin.version} ${upgrade}; ${answer}`
}

function abortCheck(id: string, what: string, seen: AbortSeen): CheckResult {
  const title = `the origin learns that the client of ${what} is gone`
  if (seen === 'not-open') return checkOf(`upgrade.${id}`, title, 'skip', { reason: `${what} could not be opened` })
  const { seenAfterMs } = seen
  const observed = seenAfterMs === null ? `not within ${ABORT_WAIT_MS / 1000} s` : `after ${formatMs(seenAfterMs)}`
  return checkOf(`upgrade.${id}`, title, seenAfterMs === null ? 'warn' : 'pass', {
    observed,
    reason: seenAfterMs === null ? `${observed}: the origin goes on emitting for nobody` : '',
  })
}

export function upgradeFindings(facts: TunnelFacts | null, checks: readonly CheckResult[], hop: Hop): Finding[] {
  if (facts?.status !== 101) {
    const stripped = facts?.atOrigin !== null && facts?.atOrigin?.upgrade === undefined
    return [
      {
        id: stripped ? 'upgrade.stripped' : 'upgrade.refused',
        severity: 'error',
        text: `WebSocket does not pass: ${describeUpgrade(facts)}`,
        fix: remedyLines(hop, 'upgrade').join('\n'),
      },
    ]
  }
  return checks
    .filter(({ verdict, id }) => verdict === 'fail' && id !== 'proxy.upgrade.passed')
    .map(({ id, title, reason }) => ({
      id: id.replace('proxy.', ''),
      severity: 'error' as const,
      text: `WebSocket: ${title}: no (${reason})`,
      fix: id.endsWith('headers')
        ? remedyLines(hop, 'header-dropped', { name: 'Origin', variable: 'http_origin' }).join('\n')
        : '',
    }))
}

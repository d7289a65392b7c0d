import type { CheckResult, Finding } from '../../../report/report.ts'
import { formatMs } from '../../../report/text.ts'
import { type Hop, remedyLines, timeoutOwners } from '../hop.ts'
import { checkOf } from '../part.ts'
import type { IdleCase, IdleOutcome } from './idle-case.ts'

type BlackHoles = Readonly<Record<'ws' | 'sse', number | null>>

const NAMES = { ws: 'WebSocket', sse: 'event stream', poll: 'held poll' } as const
const TRAFFIC: Readonly<Record<IdleCase['traffic'], string>> = {
  none: 'silent',
  both: 'data both ways',
  'client-data': 'data from the client only',
  'origin-data': 'data from the origin only',
  'client-ping': 'pings from the client',
  'origin-ping': 'pings from the origin',
  'origin-comment': 'comments from the origin',
}
/** A timeout that a usual heartbeat of 15 s or 25 s does not outrun is worth a warning. */
const SHORT_MS = 30_000
/** Two ends closer than this are the same timeout. */
const SAME_MS = 1500

export function idleChecks(outcomes: readonly IdleOutcome[], holes: BlackHoles, isWhole: boolean): CheckResult[] {
  const lines = outcomes.map(outcome => {
    const { transport, traffic } = outcome.case
    const id = `idle.${transport}-${traffic === 'none' ? 'silent' : traffic}`
    const title = `how long the path keeps a ${NAMES[transport]}: ${TRAFFIC[traffic]}`
    if (outcome.notOpen !== null) return checkOf(id, title, 'skip', { level: 'info', reason: outcome.notOpen })
    const { endedAfterMs, watchedMs, how } = outcome
    const observed = endedAfterMs === null ? `open after ${formatMs(watchedMs)}` : `${formatMs(endedAfterMs)}: ${how}`
    return checkOf(id, title, 'info', { level: 'info', observed })
  })
  const dead = (['ws', 'sse'] as const).map(transport => {
    const hole = holes[transport]
    const id = `idle.${transport}-black-hole`
    const title = `a quiet ${NAMES[transport]} that is dropped is closed`
    if (hole !== null)
      return checkOf(id, title, 'fail', { observed: `nothing passed after ${formatMs(hole)}, and nobody was told` })
    if (!isWhole) return checkOf(id, title, 'skip', { reason: 'interrupted before all silences were over' })
    return checkOf(id, title, 'pass', { observed: 'no silence swallowed a message' })
  })
  return [...lines, ...dead]
}

export function idleFindings(outcomes: readonly IdleOutcome[], holes: BlackHoles, hop: Hop): Finding[] {
  const findings: Finding[] = []
  const limits: number[] = []
  for (const outcome of outcomes) {
    const { transport, traffic } = outcome.case
    if (traffic !== 'none' || outcome.endedAfterMs === null) continue
    limits.push(outcome.endedAfterMs)
    findings.push(
      timeoutFinding(
        outcome,
        outcome.endedAfterMs,
        outcomes.filter(other => other.case.transport === transport),
        hop,
      ),
    )
  }
  for (const transport of ['ws', 'sse'] as const) {
    const hole = holes[transport]
    if (hole === null) continue
    limits.push(hole)
    findings.push({
      id: `idle.${transport}-black-hole`,
      severity: 'error',
      text: `a quiet ${NAMES[transport]} is dropped within ${formatMs(hole)} and neither side is told: what is sent is lost`,
      fix: heartbeat(hole),
    })
  }
  if (limits.length > 0) {
    const least = Math.min(...limits)
    findings.push({
      id: 'idle.heartbeat',
      severity: 'info',
      text: `the shortest silence that ends a connection is ${formatMs(least)}`,
      fix: heartbeat(least),
    })
  }
  return findings
}

const heartbeat = (ms: number): string =>
  `a heartbeat every ${formatMs(Math.floor(ms / 200) * 100)} or less: half of it`

function timeoutFinding(outcome: IdleOutcome, ms: number, all: readonly IdleOutcome[], hop: Hop): Finding {
  const { transport } = outcome.case
  const twins = all.filter(({ case: { traffic }, notOpen }) => traffic !== 'none' && notOpen === null)
  const cut = twins.filter(({ endedAfterMs }) => endedAfterMs !== null && Math.abs(endedAfterMs - ms) <= SAME_MS)
  const isLifetime = twins.length > 0 && cut.length === twins.length
  const names = (some: readonly IdleOutcome[]) => some.map(({ case: { traffic } }) => TRAFFIC[traffic]).join(', ')
  const kept = twins.filter(({ endedAfterMs }) => endedAfterMs === null)
  const what = isLifetime
    ? `a lifetime, whatever is sent (${names(cut)})`
    : twins.length === 0
      ? 'while nothing is sent'
      : `an idle timeout: ${names(kept) || 'nothing'} ${kept.length === 1 ? 'keeps' : 'keep'} it open${cut.length > 0 ? `, ${names(cut)} ${cut.length === 1 ? 'does' : 'do'} not` : ''}`
  const owners = timeoutOwners(hop, ms / 1000)
  const usual = owners.length > 0 ? `; usual for ${owners.slice(0, 3).join(', ')}` : ''
  const lines = remedyLines(hop, 'idle')
  return {
    id: `idle.${transport}-${isLifetime ? 'lifetime' : 'timeout'}`,
    severity: isLifetime || ms < SHORT_MS ? 'warning' : 'info',
    text: `a quiet ${NAMES[transport]} ends after ${formatMs(ms)} (${outcome.how}): ${what}${usual}`,
    fix: (isLifetime ? lines : [heartbeat(ms), ...lines]).join('\n'),
  }
}

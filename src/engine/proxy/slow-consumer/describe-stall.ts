import type { CheckResult, Finding } from '../../../report/report.ts'
import { formatBytes, formatCount, formatMs } from '../../../report/text.ts'
import { type Hop, remedyLines } from '../hop.ts'
import { checkOf } from '../part.ts'
import type { StalledStream } from './stall-endpoint.ts'

type Reaction = 'closed' | 'dropped' | 'blocked' | 'kept' | 'unknown' | 'not-reached'

/** Socket buffers of a few hops hold this much; beyond it memory or a disk does. */
const USUAL_BYTES = 8 * 1024 * 1024
/** A silence of this length, and so much longer than those before, is one because of the stall. */
const SILENT_MS = 1000
const SILENT_FACTOR = 4
const ALL_SHARE = 0.9

export function reactionOf(seen: StalledStream): Reaction {
  const { ended, wasFull, queuedBytes, missing, silenceMs, usualSilenceMs, came, expected } = seen
  if (ended) return 'closed'
  if (queuedBytes !== null && !wasFull) return 'not-reached'
  if (missing !== null && missing > 0) return 'dropped'
  if (silenceMs !== null && silenceMs >= Math.max(SILENT_MS, SILENT_FACTOR * (usualSilenceMs ?? 0))) return 'blocked'
  if (came >= expected * ALL_SHARE) return 'kept'
  return 'unknown'
}

/** What the kernel of the client did not hold waited with the server or a hop. */
const waitingBytes = ({ caughtUpBytes, queuedBytes }: StalledStream): number =>
  Math.max(0, caughtUpBytes - (queuedBytes ?? 0))

function describe(seen: StalledStream): string {
  const { stallMs, endedAfterMs, missing, silenceMs, came, expected, queuedBytes, drainMs } = seen
  const waited = formatBytes(waitingBytes(seen))
  const inKernel = queuedBytes === null ? '' : `, ${formatBytes(queuedBytes)} in the client's kernel`
  switch (reactionOf(seen)) {
    case 'closed':
      return `closed ${endedAfterMs === null ? `by the end of ${formatMs(stallMs)}; when is not known` : `after ${formatMs(endedAfterMs)}`}, ${waited} came before that${inKernel}`
    case 'not-reached':
      return `the client's kernel took all of it: the server noticed nothing, so nothing is known of what it would do`
    case 'dropped':
      return `${formatCount(missing ?? 0)} events were left out, by their numbers; ${waited} were kept${inKernel}`
    case 'blocked':
      return `nothing was emitted for ${formatMs(silenceMs ?? 0)}, by the events' own clock, and nothing is missing; ${waited} were kept${inKernel}`
    case 'kept':
      return `${waited} were kept and came when the client read on${inKernel}`
    case 'unknown':
      return `${formatCount(came)} of about ${formatCount(expected)} events came within ${formatMs(drainMs)}${missing === null ? ': left out or not emitted, which events without a number do not tell' : ', none left out by their numbers: the rest was not emitted or is still under way'}`
  }
}

const LIMITS =
  'where it waited (server or proxy; kernel, memory or disk) cannot be seen from outside: --origin HOST:PORT shows it'

export function stallCheck(seen: StalledStream | string): CheckResult {
  const title = 'what becomes of a client that stops reading for 5 s'
  const id = 'slow-consumer.stopped'
  if (typeof seen === 'string') return checkOf(id, title, 'skip', { level: 'info', reason: seen })
  const reaction = reactionOf(seen)
  if (reaction === 'not-reached') return checkOf(id, title, 'skip', { level: 'info', reason: describe(seen) })
  const isKept = reaction === 'kept' && waitingBytes(seen) > USUAL_BYTES
  return checkOf(id, title, isKept ? 'warn' : 'info', {
    level: 'info',
    observed: `${reaction}: ${describe(seen)}; ${LIMITS}`,
    reason: isKept ? describe(seen) : '',
  })
}

const MEANINGS: Readonly<Record<'closed' | 'dropped' | 'blocked' | 'kept', string>> = {
  closed: 'a client that stops reading is closed: it must come back and resume',
  dropped: 'a client that stops reading loses events, and is not told',
  blocked: 'a client that stops reading holds the emitter back: whether for others too, a second client shows',
  kept: 'everything is kept for a client that stops reading',
}

export function stallFindings(seen: StalledStream, hop: Hop): Finding[] {
  const reaction = reactionOf(seen)
  if (reaction === 'unknown' || reaction === 'not-reached') return []
  const isBloat = reaction === 'kept' && waitingBytes(seen) > USUAL_BYTES
  const fix = isBloat
    ? [
        'on the server: a bound on what waits for one client; beyond it close the client, or leave events out and say so',
        ...remedyLines(hop, 'slow-consumer'),
      ].join('\n')
    : ''
  return [
    {
      id: `slow-consumer.${reaction}`,
      severity: isBloat || reaction === 'dropped' ? 'warning' : 'info',
      text: `${MEANINGS[reaction]} (${describe(seen)}); ${LIMITS}`,
      fix,
    },
  ]
}

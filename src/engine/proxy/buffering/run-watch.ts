import type { Finding } from '../../../report/report.ts'
import { watchStalls } from '../../../measure/stalls.ts'
import { diagnosePath, type PathDiagnosis } from '../classify/classify-path.ts'
import type { ProbeTarget } from '../client/probe-target.ts'
import { type Hop, remedyLines } from '../hop.ts'
import { emptyPart, type PartResult } from '../part.ts'
import { classMeaning, className } from './describe-class.ts'
import { delayChecks, delayMetrics } from './delays.ts'
import { bufferingChecks, bufferingFindings } from './findings.ts'
import { untimedStreams } from './untimed-streams.ts'
import { watchClock } from './watch-clock.ts'
import { WATCH_MS, type Watched, watchEndpoint } from './watch-endpoint.ts'

export interface WatchResult extends PartResult {
  diagnoses: PathDiagnosis[]
  direct: Watched | null
}

/** The buffering part for an endpoint that emits by itself, with and without compression, and directly where that is. */
export async function runWatch(target: ProbeTarget, direct: ProbeTarget | null): Promise<WatchResult> {
  const watch = watchStalls()
  const [identity, gzip, without, clock] = await Promise.all([
    watchEndpoint(target, 'identity', watch.stalls),
    watchEndpoint(target, 'gzip', watch.stalls),
    direct === null ? null : watchEndpoint(direct, 'identity', watch.stalls),
    watchClock(target, WATCH_MS),
  ])
  watch.stop()
  const watched = [identity, gzip].flatMap(opened => (opened.ok ? [opened.value] : []))
  const refused = watched.find(one => one.refused !== null)?.refused
  const failed = [identity, gzip].find(opened => !opened.ok)
  const diagnoses = diagnosePath(watched)
  const coalescing = diagnoses.flatMap(({ outcome }) => (outcome.kind === 'TIME_COALESCE' ? [outcome.ms] : []))
  return {
    ...emptyPart(),
    checks: [...bufferingChecks(diagnoses), ...delayChecks(watched, clock, watch.stalls)],
    metrics: delayMetrics(watched, clock, watch.stalls),
    diagnoses,
    direct: without?.ok === true ? without.value : null,
    responseHeaders: watched.flatMap(({ headers }) => headers),
    coalescesMs: coalescing[0] ?? null,
    limited: untimedStreams(diagnoses),
    unreachable: watched.length === 0 && failed?.ok === false ? failed.reason : (refused ?? null),
  }
}

/** What the watch means; where only the arrival is known, what is inferred is called so. */
export function watchFindings({ diagnoses, direct }: WatchResult, hop: Hop): Finding[] {
  const nothing = diagnoses.filter(({ outcome }) => outcome.kind === 'NOTHING')
  const seconds = WATCH_MS / 1000
  const directEvents = direct?.classification.features.events ?? 0
  if (nothing.length === diagnoses.length) {
    const hasHead = nothing.some(({ cells }) =>
      cells.some(({ classification }) => classification.features.headMs !== null),
    )
    const what = hasHead ? 'no event came through' : 'nothing came through, not even a response head'
    const compared =
      directEvents > 0
        ? `while ${directEvents} events came on the direct path: the path buffers, it holds the stream back`
        : 'either the endpoint emits nothing, or the path buffers: a hop holds the stream until a buffer is full or it ends'
    const sure =
      directEvents > 0 ? [] : ['to be sure, compare with --direct URL, or let rtbench be the origin with --origin']
    const fix = ['from the origin: send the header X-Accel-Buffering: no', ...remedyLines(hop, 'buffering'), ...sure]
    return [
      {
        id: 'buffering.nothing',
        severity: 'error',
        text: `${what} within ${seconds} s, ${compared}`,
        fix: fix.join('\n'),
      },
    ]
  }
  const found = bufferingFindings(
    diagnoses.filter(({ outcome }) => outcome.kind !== 'NOTHING'),
    hop,
  )
  const certain = diagnoses.every(({ cells }) => cells.every(({ classification }) => classification.certain))
  return found.map(finding => fromDirect(finding, diagnoses, direct) ?? (certain ? finding : inferred(finding)))
}

// The endpoint itself may emit in bursts: then the path is not to blame.
function fromDirect(finding: Finding, diagnoses: readonly PathDiagnosis[], direct: Watched | null): Finding | null {
  const own = direct?.classification.body
  const same = own !== undefined && diagnoses.some(({ outcome }) => outcome.kind === own.kind)
  if (!same || own.kind === 'STREAM' || own.kind === 'NOTHING') return null
  const text = `the endpoint emits like that by itself: the direct path shows ${className(own)} too`
  return { ...finding, severity: 'info', text, fix: '' }
}

const inferred = (finding: Finding): Finding => ({
  ...finding,
  text: `${finding.text}; inferred from the arrivals, as the events carry no time: --origin or --direct makes sure`,
})

/** For the table: what the direct path showed. */
export const directMeaning = (direct: Watched): string =>
  `${className(direct.classification.body)}: ${classMeaning(direct.classification.body)}`

import { formatBytes, formatCounted, formatMs, formatShare } from '../../../report/text.ts'
import { featuresOf, type StreamFeatures } from './features.ts'
import type { StreamObservation } from './observation.ts'
import { median, quantile, spread } from './quantile.ts'
import { bufferBytes } from './buffer-size.ts'

export type StreamClass =
  | { kind: 'STREAM' }
  | { kind: 'TIME_COALESCE'; ms: number }
  | { kind: 'SIZE_BUFFER'; bytes: number }
  | { kind: 'UNTIL_CLOSE' }
  /** Too little came to say more. */
  | { kind: 'NOTHING' }

export interface Classification {
  body: StreamClass
  /** The response head waited for the first octet of the body. */
  headersHeld: boolean
  /** Emission times were known; otherwise the class rests on what is usual. */
  certain: boolean
  compressed: boolean
  features: StreamFeatures
  evidence: string[]
}

const LEAST_EVENTS = 5
/** A path with jitter merges some events by TCP's order alone; a hop that coalesces merges about every second one. */
const MERGED_BY_JITTER = 0.35
/** Spacing of a timer; jitter scatters far wider. */
const REGULAR_SPREAD = 0.4
/** Nobody's jitter holds one event in twenty this long. */
const HELD_BEYOND_DOUBT_MS = 600
const HEAD_HELD_SHARE = 0.7
const HEAD_HELD_LEAST_MS = 400

/** What a stream's times and sizes show of the path it took. */
export function classifyStream(seen: StreamObservation): Classification {
  const features = featuresOf(seen)
  const body = bodyClass(seen, features)
  return {
    body,
    headersHeld: areHeadersHeld(features, body),
    certain: features.holdMs !== null,
    compressed: seen.contentEncoding !== null && seen.contentEncoding !== 'identity',
    features,
    evidence: evidenceOf(seen, features),
  }
}

function bodyClass(seen: StreamObservation, features: StreamFeatures): StreamClass {
  const { mergedShare, holdMs, spacingMs, bursts } = features
  const events = features.events - features.untimed
  if (features.events === 0) return { kind: 'NOTHING' }
  if (isUntilClose(seen, features)) return { kind: 'UNTIL_CLOSE' }
  if (events < LEAST_EVENTS) return { kind: 'NOTHING' }
  const held = mergedShare > MERGED_BY_JITTER
  if (!held) return { kind: 'STREAM' }
  const bytes = bufferBytes(features)
  if (bytes !== null) return { kind: 'SIZE_BUFFER', bytes }
  const isRegular = spacingMs.length >= 4 && spread(spacingMs) <= REGULAR_SPREAD && median(bursts) >= 2
  // A timer that starts with the first event makes each burst's first wait all of it, a free-running one at most that.
  const ms = holdMs === null ? median(spacingMs) : quantile(features.firstHoldsMs, 0.9)
  if (isRegular) return { kind: 'TIME_COALESCE', ms: Math.round(ms) }
  if (holdMs === null || holdMs.p95 < HELD_BEYOND_DOUBT_MS) return { kind: 'STREAM' }
  return { kind: 'SIZE_BUFFER', bytes: Math.round(median(features.flushBytes)) }
}

function isUntilClose(seen: StreamObservation, features: StreamFeatures): boolean {
  const { events, bursts, allAfterLast } = features
  if (events < LEAST_EVENTS) return false
  if (allAfterLast !== null) return allAfterLast && events >= LEAST_EVENTS
  // Without the origin's word: everything at once, long after the request, and then the end.
  const first = seen.events[0]!.arrivedAtMs
  const waitedMs = first - seen.requestedAtMs
  return bursts.length <= 1 && seen.endedAtMs !== null && seen.endedAtMs - first < 200 && waitedMs > 2000
}

function areHeadersHeld(features: StreamFeatures, body: StreamClass): boolean {
  const { headMs, originQuietMs } = features
  if (headMs === null || originQuietMs === null || originQuietMs < HEAD_HELD_LEAST_MS) return false
  return headMs >= originQuietMs * HEAD_HELD_SHARE || (body.kind === 'UNTIL_CLOSE' && headMs >= originQuietMs)
}

function evidenceOf(seen: StreamObservation, features: StreamFeatures): string[] {
  const { holdMs, bursts, events, untimed, flushBytes, chunkBytes, headMs, mergedShare } = features
  if (events === 0) return [headMs === null ? 'no response head' : 'a response head and no event']
  const lines = [`${events} events in ${formatCounted(bursts.length, 'burst')} of up to ${Math.max(0, ...bursts)}`]
  if (holdMs !== null) lines.push(`held ${formatMs(holdMs.p50)} (p50), ${formatMs(holdMs.max)} (max)`)
  if (mergedShare > 0) lines.push(`${formatShare(mergedShare)} arrived together with the one before`)
  if (untimed > 0) lines.push(`${untimed} not timed, as rtbench did not run then`)
  if (bursts.length < events) lines.push(`${formatBytes(median(flushBytes))} per burst`)
  const chunk = median(chunkBytes)
  if (chunk >= 1024) lines.push(`chunks of ${formatBytes(chunk)}`)
  if (headMs !== null) lines.push(`head after ${formatMs(headMs)}`)
  if (seen.contentEncoding !== null) lines.push(`Content-Encoding: ${seen.contentEncoding}`)
  return lines
}

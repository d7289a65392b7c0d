import type { Metric } from '../../report/report.ts'
import { formatCount, formatRate } from '../../report/text.ts'
import { evaluateThresholds } from '../../report/thresholds.ts'
import type { FindMaxRoom } from './find-max.ts'
import { excessiveCrowd, excessiveRunDelay } from './waiting-for-cores.ts'

/** One level that was tried. */
export interface Level {
  level: number
  holds: boolean
  /** Of the metric that is judged, in its unit; null: no sample. */
  value: number | null
  /** What the target did not do at this level, besides the expression; null: nothing. */
  target: string | null
  /** Why the generator could not make this level; null: it could. */
  generator: string | null
}

/** Intervals of the timeline, [from, to). */
export interface Span {
  from: number
  to: number
}

const LAG_P99_MS = 20
const STALLED_SHARE = 0.01
const FALLS_BEHIND = 0.97
const SENDS_ALL = 0.98
const WHOLE_CORE = 0.9

/** `whole`: from the first message of the level to the last answer, where losses count; null: they do not. */
export function judgeRate(room: FindMaxRoom, level: number, span: Span, whole: Span | null): Level {
  const { config } = room
  const count = counts(room, span)
  const seconds = secondsOf(room, span)
  const publishes = config.pattern === 'publish'
  const refused = publishes ? count('publish_failed') : count('msgs_unsent')
  const sent = count('msgs_sent')
  const posted = sent + refused
  const asked = level * seconds
  const receivers = receiversOf(room, span)
  const failures = whole === null ? null : lostAndFailed(room, whole)
  const arrived = count('msgs_received') + (failures?.lost ?? 0)
  // What a publish address takes too slowly waits at ours, answers to what was sent at the target's.
  const isSlowToTake = publishes && posted < SENDS_ALL * asked
  const target = isSlowToTake
    ? `it took ${formatRate(posted / seconds)} of ${formatRate(level)}`
    : refused > (1 - SENDS_ALL) * asked && !publishes
      ? `it did not read ${formatCount(refused)} messages`
      : arrived < FALLS_BEHIND * sent * receivers
        ? `it delivered ${formatRate(arrived / seconds)} of ${formatRate((sent * receivers) / seconds)}`
        : null
  const generator =
    generatorLimit(room, span) ??
    (publishes || posted >= SENDS_ALL * asked ? null : `it sent ${sent} of ${Math.round(asked)} messages`)
  return verdict(room, level, span, failures, target, generator)
}

export function judgeConnections(room: FindMaxRoom, level: number, span: Span): Level {
  const { levels } = room.collector.intervals[span.to - 1] ?? { levels: {} as Record<string, number> }
  const open = levels['connections'] ?? 0
  const told = (levels['workers'] ?? 0) === room.plans.length
  const target = open < level ? `${formatCount(open)} of ${formatCount(level)} were open` : null
  const generator = generatorLimit(room, span) ?? (told ? null : 'its workers did not tell their counts in time')
  return verdict(room, level, span, lostAndFailed(room, span, false), target, generator)
}

function verdict(
  room: FindMaxRoom,
  level: number,
  span: Span,
  failures: Failures | null,
  target: string | null,
  generator: string | null,
): Level {
  const threshold = room.config.findMax!
  const metric: Metric =
    threshold.metric === 'error_rate'
      ? { type: 'rate', ...(failures ?? NO_FAILURES) }
      : room.collector.window(threshold.metric, span.from, span.to).toMetric()
  const measured = { metrics: { [threshold.metric]: metric }, durationMs: 1000 * secondsOf(room, span) }
  const [result] = evaluateThresholds([{ ...threshold, tags: {} }], measured)
  const holds = result!.ok && target === null && generator === null
  return { level, holds, value: result!.value, target, generator }
}

interface Failures {
  value: number
  hits: number
  total: number
  lost: number
}

const NO_FAILURES: Failures = { value: 0, hits: 0, total: 1, lost: 0 }

function lostAndFailed(room: FindMaxRoom, span: Span, messages = true): Failures {
  const count = counts(room, span)
  const expected = messages ? count('msgs_sent') * receiversOf(room, span) : 0
  const lost = messages ? Math.max(0, Math.round(expected - count('msgs_received'))) : 0
  const hits = count('conn_failed') + count('conn_dropped') + count('publish_failed') + lost
  const total = Math.max(1, count('conn_attempts') + count('publish_failed') + Math.round(expected))
  return { value: hits / total, hits, total, lost }
}

function generatorLimit(room: FindMaxRoom, { from, to }: Span): string | null {
  const { collector, config } = room
  const lagMs = (collector.window('gen_send_lag', from, to).percentile(99) ?? 0) / 1000
  if (lagMs > LAG_P99_MS) return `it sent ${lagMs.toFixed(1)} ms late (p99)`
  const intervals = collector.intervals.slice(from, to)
  const workers = Math.max(1, ...intervals.map(({ levels }) => levels['workers'] ?? 1))
  const stalled = counts(room, { from, to })('gen_stalled_ms') / workers
  if (stalled > STALLED_SHARE * 1000 * secondsOf(room, { from, to })) {
    return `it stood still for ${Math.round(stalled)} ms`
  }
  const medianMs = (collector.window(config.findMax!.metric, from, to).percentile(50) ?? 0) / 1000
  const delayMs = excessiveRunDelay(collector.window('gen_run_delay', from, to), medianMs)
  if (delayMs !== null) return `it waited ${delayMs.toFixed(1)} ms for a core each time (mean)`
  if (excessiveCrowd(config, counts(room, { from, to }), intervals) !== null) {
    return 'other threads wanted all cores of this machine, and the target runs on it too'
  }
  const publisher = mean(intervals.map(({ levels }) => levels['publisher_cpu'] ?? 0))
  return publisher > WHOLE_CORE ? 'the process that publishes used a whole core' : null
}

/** Who is to get each message. */
function receiversOf({ config, collector }: FindMaxRoom, { from, to }: Span): number {
  if (config.pattern !== 'publish') return 1
  return mean(collector.intervals.slice(from, to).map(({ levels }) => levels['connections'] ?? 0))
}

const counts =
  ({ collector }: FindMaxRoom, { from, to }: Span) =>
  (name: string): number =>
    collector.intervals.slice(from, to).reduce((sum, { counters }) => sum + (counters[name] ?? 0), 0)

const secondsOf = ({ config }: FindMaxRoom, { from, to }: Span): number => ((to - from) * config.timelineMs) / 1000

const mean = (values: number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length

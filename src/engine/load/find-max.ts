import type { LoadConfig } from '../../config/run-config.ts'
import type { Collector } from '../../measure/collector.ts'
import type { Histogram } from '../../measure/histogram.ts'
import type { Metric } from '../../report/report.ts'
import { evaluateThresholds } from '../../report/thresholds.ts'
import { now } from '../../world/clock.ts'
import type { Workers } from './workers.ts'
import { nextSearch, startSearch } from './search.ts'
import { shareOf, type WorkerPlan } from '../worker/plan.ts'

/** One level that was tried. */
export interface Level {
  level: number
  holds: boolean
  /** Of the metric that is judged, in its unit; null: no sample. */
  value: number | null
  /** Why the generator could not make this level; null: it could. */
  generator: string | null
}

export interface FoundMax {
  unit: 'messages/s' | 'connections'
  levels: Level[]
  held: Level | null
  missed: Level | null
  /** What was measured while the held level lasted. */
  histograms: Map<string, Histogram>
}

export interface FindMaxRoom {
  config: LoadConfig
  plans: WorkerPlan[]
  workers: Workers
  collector: Collector
  stopped: Promise<unknown>
  note(text: string): void
}

/** The first interval of a level is for settling. */
const SETTLE = 1
const SNAPSHOT_MS = 300
const DRAIN_MS = 10_000
const LAG_P99_MS = 20
const STALLED_SHARE = 0.01
const FALLS_BEHIND = 0.97
const LEVELS_MAX = 40
/** A level that the generator spoiled may have met a busy moment of this machine. */
const RETRIES = 2

/** How many intervals of the timeline a level lasts. */
export const levelIntervals = ({ durationMs, timelineMs }: LoadConfig): number =>
  Math.max(1 + SETTLE, Math.round(durationMs / timelineMs))

export const climbsConnections = (config: LoadConfig): boolean => config.findMax?.metric.startsWith('conn_') ?? false

/** Climbs until the expression no longer holds, then bisects. `--duration` is how long each level is held. */
export async function findMax(room: FindMaxRoom, top: number): Promise<FoundMax> {
  const { config } = room
  const byConnections = climbsConnections(config)
  const found: FoundMax = {
    unit: byConnections ? 'connections' : 'messages/s',
    levels: [],
    held: null,
    missed: null,
    histograms: new Map(),
  }
  const end = { stopped: false }
  void room.stopped.then(() => {
    end.stopped = true
  })
  let search = startSearch(byConnections ? config.connections : firstRate(config))
  while (search.level !== null && found.levels.length < LEVELS_MAX) {
    room.note(`trying ${describe(search.level)} ${found.unit}`)
    let level = await tryLevel(room, search.level, found, byConnections)
    for (let again = 0; again < RETRIES && level.generator !== null && !end.stopped; again += 1) {
      room.note(`trying ${describe(search.level)} ${found.unit} again: ${level.generator}`)
      level = await tryLevel(room, search.level, found, byConnections)
    }
    if (end.stopped) break
    found.levels.push(level)
    if (level.holds) found.held = level
    else found.missed = level
    // What the generator cannot make says nothing about the target: higher levels would not either.
    if (level.generator !== null) break
    search = nextSearch(search, level.holds, byConnections, top)
  }
  return found
}

async function tryLevel(room: FindMaxRoom, level: number, found: FoundMax, byConnections: boolean): Promise<Level> {
  const { config, collector, plans, workers, stopped } = room
  const { timelineMs } = config
  for (const plan of plans) {
    if (byConnections && !plan.publishes) {
      workers.sendTo(plan.worker, { type: 'connections', count: shareOf(level, plan.worker, plan.workers) })
    } else if (!byConnections && (config.pattern === 'publish') === plan.publishes) {
      const share = config.pattern === 'publish' ? 1 : plan.connections / config.connections
      workers.sendTo(plan.worker, { type: 'rate', perSecond: level * share })
    }
  }
  const { originAt } = plans[0]!
  const startedIn = Math.floor((now() - originAt) / timelineMs)
  // A level of connections is judged from its first moment: opening them is what is measured.
  const from = byConnections ? startedIn : startedIn + 1 + SETTLE
  const to = startedIn + 1 + levelIntervals(config)
  await Promise.race([sleep(originAt + to * timelineMs + SNAPSHOT_MS - now()), stopped])
  const level_ = judge(room, level, from, to, byConnections)
  if (level_.holds)
    for (const name of collector.histograms.keys()) found.histograms.set(name, collector.window(name, from, to))
  else if (!byConnections) await drain(room)
  return level_
}

function judge({ config, collector }: FindMaxRoom, level: number, from: number, to: number, opening: boolean): Level {
  const threshold = config.findMax!
  const count = (name: string) =>
    collector.intervals.slice(from, to).reduce((sum, { counters }) => sum + (counters[name] ?? 0), 0)
  const windowMs = (to - from) * config.timelineMs
  const failed = count('conn_failed') + count('conn_dropped') + count('publish_failed')
  const tries = Math.max(1, count('conn_attempts') + count('msgs_sent'))
  const metrics: Record<string, Metric> = {
    [threshold.metric]: collector.window(threshold.metric, from, to).toMetric(),
    ...(threshold.metric === 'error_rate' && {
      error_rate: { type: 'rate' as const, value: failed / tries, hits: failed, total: tries },
    }),
  }
  const [result] = evaluateThresholds([threshold], { metrics, durationMs: windowMs })
  const sent = count('msgs_sent')
  // Answers that fall behind steadily have not shown in the latency yet, but will.
  const behind = config.pattern === 'echo' && !opening && count('msgs_received') < FALLS_BEHIND * sent
  const generator = opening ? null : generatorLimit(collector, from, to, windowMs, sent, level)
  return { level, holds: result!.ok && !behind && generator === null, value: result!.value, generator }
}

function generatorLimit(
  collector: Collector,
  from: number,
  to: number,
  windowMs: number,
  sent: number,
  level: number,
): string | null {
  const intervals = collector.intervals.slice(from, to)
  const lagMs = (collector.window('gen_send_lag', from, to).percentile(99) ?? 0) / 1000
  if (lagMs > LAG_P99_MS) return `it sent ${lagMs.toFixed(1)} ms late (p99)`
  const workers = Math.max(1, ...intervals.map(({ levels }) => levels.workers ?? 1))
  const stalled = intervals.reduce((sum, { counters }) => sum + (counters.gen_stalled_ms ?? 0), 0) / workers
  if (stalled > STALLED_SHARE * windowMs) return `it stood still for ${Math.round(stalled)} ms`
  const asked = (level * windowMs) / 1000
  if (sent < 0.98 * asked) return `it sent ${sent} of ${Math.round(asked)} messages`
  return null
}

async function drain({ workers, config }: FindMaxRoom): Promise<void> {
  workers.send({ type: 'rate', perSecond: 0 })
  if (config.pattern === 'publish') {
    await sleep(2 * config.timelineMs)
    return
  }
  workers.send({ type: 'drain', deadlineAt: now() + DRAIN_MS }, false)
  await Promise.race([workers.all('drained', false), sleep(DRAIN_MS + 1000)])
}

function firstRate({ pace, connections }: LoadConfig): number {
  if (pace.kind === 'open') return pace.perConnection * connections
  return pace.kind === 'open-total' ? pace.total : 100
}

export const describe = (level: number): string =>
  level >= 100 ? Math.round(level).toLocaleString('en-US') : String(Number(level.toPrecision(3)))

const sleep = (ms: number): Promise<void> =>
  new Promise(resolve => {
    setTimeout(resolve, Math.max(0, ms))
  })

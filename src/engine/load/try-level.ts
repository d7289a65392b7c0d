import type { LoadConfig } from '../../config/run-config.ts'
import type { Histogram } from '../../measure/histogram.ts'
import { now } from '../../world/clock.ts'
import { shareOf } from '../worker/plan.ts'
import type { FindMaxRoom } from './find-max.ts'
import { judgeConnections, judgeRate, type Level } from './judge-level.ts'

export interface Tried {
  level: Level
  /** What was measured meanwhile. */
  window: Map<string, Histogram>
}

/** The first interval of a rate is for settling. */
const SETTLE = 1
/** Workers tell of an interval a little after it. */
const SNAPSHOT_MS = 300
const DRAIN_MS = 10_000

/** How many intervals of the timeline a level lasts. */
const heldIntervals = ({ durationMs, timelineMs }: LoadConfig): number =>
  Math.max(1 + SETTLE, Math.round(durationMs / timelineMs))

/** How many intervals are looked at together: of connections also those in which they are opened. */
export const levelIntervals = (config: LoadConfig): number =>
  2 + heldIntervals(config) + Math.ceil(openingMs(config, config.connections) / config.timelineMs)

const openingMs = ({ connectRate, target }: LoadConfig, connections: number): number =>
  target.timeoutMs + (connectRate === null ? 0 : (1000 * connections) / connectRate)

export async function tryRate(room: FindMaxRoom, rate: number): Promise<Tried> {
  const { config, workers, plans } = room
  for (const plan of plans) {
    if ((config.pattern === 'publish') !== plan.publishes) continue
    const share = plan.publishes ? 1 : plan.connections / config.connections
    workers.sendTo(plan.worker, { type: 'rate', perSecond: rate * share })
  }
  const begun = intervalNow(room)
  const from = begun + 1 + SETTLE
  const to = begun + 1 + heldIntervals(config)
  await untilTold(room, to)
  const window = windowOf(room, from, to)
  const known = judgeRate(room, rate, { from, to }, null)
  // Whether a message is lost shows only when all the others have come.
  const counts = config.findMax!.metric === 'error_rate' && known.generator === null
  if (counts || !known.holds) await drain(room)
  if (!counts) return { level: known, window }
  await untilTold(room, intervalNow(room) + 1)
  return { level: judgeRate(room, rate, { from, to }, { from: begun, to: intervalNow(room) }), window }
}

/** Opens the connections above `base`, the level that held, and holds them all. */
export async function tryConnections(room: FindMaxRoom, connections: number, base: number): Promise<Tried> {
  await aim(room, base)
  const from = intervalNow(room)
  await aim(room, connections)
  const to = intervalNow(room) + 1 + heldIntervals(room.config)
  await untilTold(room, to)
  return { level: judgeConnections(room, connections, { from, to }), window: windowOf(room, from, to) }
}

async function aim({ config, workers, plans, stopped }: FindMaxRoom, connections: number): Promise<void> {
  for (const { worker, workers: count, publishes } of plans) {
    if (!publishes) workers.sendTo(worker, { type: 'connections', count: shareOf(connections, worker, count) })
  }
  await Promise.race([workers.all('settled', false), sleep(openingMs(config, connections)), stopped])
}

/** Lets what is under way come to its end; what waits to be published is forgotten. */
async function drain(room: FindMaxRoom): Promise<void> {
  const { workers, config, collector } = room
  const patienceMs = Math.min(DRAIN_MS, config.target.timeoutMs)
  workers.send({ type: 'rate', perSecond: 0 })
  workers.send({ type: 'drain', deadlineAt: now() + patienceMs })
  await Promise.race([workers.all('drained'), sleep(patienceMs + 1000)])
  // What was published and waits at the target comes to its end when nothing has come for an interval.
  const deadlineAt = now() + DRAIN_MS
  for (let received = 1; config.pattern === 'publish' && received > 0 && now() < deadlineAt;) {
    const next = intervalNow(room) + 1
    await untilTold(room, next + 1)
    received = collector.intervals[next]?.counters.msgs_received ?? 0
  }
}

const intervalNow = ({ plans, config }: FindMaxRoom): number =>
  Math.floor((now() - plans[0]!.originAt) / config.timelineMs)

const untilTold = ({ plans, config, stopped }: FindMaxRoom, to: number): Promise<unknown> =>
  Promise.race([sleep(plans[0]!.originAt + to * config.timelineMs + SNAPSHOT_MS - now()), stopped])

function windowOf({ collector }: FindMaxRoom, from: number, to: number): Map<string, Histogram> {
  const all = Array.from(collector.histograms.keys(), name => [name, collector.window(name, from, to)] as const)
  return new Map(all.filter(([, { count }]) => count > 0))
}

const sleep = (ms: number): Promise<void> =>
  new Promise(resolve => {
    setTimeout(resolve, Math.max(0, ms))
  })

// What parent and worker say to each other. Everything is plain data; nothing is sent per message.

import type { LoadConfig, Transport } from '../../config/run-config.ts'
import type { ClockOffset } from '../../measure/clock-offset.ts'
import type { Snapshot } from '../../measure/snapshot.ts'

/** One worker's exact share of a run. */
export interface WorkerPlan {
  config: LoadConfig
  transport: Transport
  /** Where redirects and detection led. */
  url: string
  worker: number
  workers: number
  /** Numbers of this worker's connections over the whole run: [first, first + connections). */
  first: number
  connections: number
  /** This process publishes and holds no connections. */
  publishes: boolean
  tag: number
  shard: number
  shards: number
  /** Start of the common grid of intervals, clock of `world/clock.ts`. */
  originAt: number
  seed: number
  /** Of the target, for timestamps in its messages; null: as ours, as far as is known. */
  clock: ClockOffset | null
}

export type ToWorker =
  | { type: 'plan'; plan: WorkerPlan }
  | { type: 'open' }
  /** Publishers send one priming message; the others tell when each of their connections has had one. */
  | { type: 'prime'; deadlineAt: number }
  /** Send from `startAt` on a schedule that ends at `endAt`. */
  | { type: 'run'; startAt: number; warmUpUntil: number; endAt: number }
  /** --find-max: another rate (messages/s of this worker) or number of connections from now on. */
  | { type: 'rate'; perSecond: number }
  | { type: 'connections'; count: number }
  | { type: 'pause' }
  /** Receivers tell when those were there that were not there all the time. */
  | { type: 'spans' }
  /** A publisher counts what it sent in each [from, until) of a flat list. */
  | { type: 'count'; spans: Float64Array }
  /** What receivers are to have got: `published` by all publishers, and so many in each of their spans. */
  | { type: 'expect'; published: number; inSpans: Float64Array; failed: Float64Array }
  /** No more sends; wait for what is outstanding until `deadlineAt`. */
  | { type: 'drain'; deadlineAt: number }
  | { type: 'close'; graceMs: number }

export type FromWorker =
  | { type: 'ready' }
  /** The plan is taken: orders are obeyed at once from now on. */
  | { type: 'planned' }
  /** The opening phase is over; `hopeless`: all attempts so far failed and it was given up. */
  | { type: 'settled'; opened: number; failed: number; hopeless: boolean }
  | { type: 'primed' }
  | { type: 'snapshot'; snapshot: Snapshot }
  | { type: 'finished'; published: number }
  | { type: 'spans'; worker: number; spans: Float64Array }
  /** `failed`: see `FailedPublishes`. */
  | { type: 'counted'; inSpans: Float64Array; failed: Float64Array }
  /** `lost`: null where no audience was to receive. */
  | { type: 'drained'; outstanding: number; lost: number | null }
  | { type: 'closed' }

/** Whether --find-max climbs connections: where they are what is judged, or nothing is sent whose rate could climb. */
export const climbsConnections = ({ findMax, pattern }: LoadConfig): boolean =>
  findMax !== null && (findMax.metric.startsWith('conn_') || pattern === 'listen' || pattern === 'idle')

/** Share number `index` of `count` equal parts of a whole number: exact in sum, within one of each other. */
export const shareOf = (whole: number, index: number, count: number): number =>
  Math.floor((whole * (index + 1)) / count) - Math.floor((whole * index) / count)

/** This worker's part of a number of the whole run, over shards and their workers. */
export const workerShare = (whole: number, { worker, workers, shard, shards }: WorkerPlan): number =>
  shareOf(shareOf(whole, shard, shards), worker, workers)

/** Number of this worker among those of all shards: each has a random stream of its own. */
export const streamOf = ({ worker, shard }: WorkerPlan): number => shard * WORKERS_MAX + worker

const WORKERS_MAX = 4096

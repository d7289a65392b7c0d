// What parent and worker say to each other. Everything is plain data; nothing is sent per message.

import type { LoadConfig, Transport } from '../../config/run-config.ts'
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
  publishers: number
  tag: number
  shard: number
  /** Start of the common grid of intervals, clock of `world/clock.ts`. */
  originAt: number
  seed: number
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
  /** No more sends; wait for what is outstanding until `deadlineAt`. `published`: by all publishers. */
  | { type: 'drain'; published: number; deadlineAt: number }
  | { type: 'close'; graceMs: number }

export type FromWorker =
  | { type: 'ready' }
  /** The opening phase is over; `hopeless`: all attempts so far failed and it was given up. */
  | { type: 'settled'; opened: number; failed: number; hopeless: boolean }
  | { type: 'primed' }
  | { type: 'snapshot'; snapshot: Snapshot }
  | { type: 'finished'; published: number }
  | { type: 'drained'; outstanding: number }
  | { type: 'closed' }

/** Share number `index` of `count` equal parts of a whole number: exact in sum, within one of each other. */
export const shareOf = (whole: number, index: number, count: number): number =>
  Math.floor((whole * (index + 1)) / count) - Math.floor((whole * index) / count)

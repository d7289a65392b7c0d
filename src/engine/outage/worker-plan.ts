// What the conductor of an outage and its workers say to each other. Nothing is sent per message or attempt.
import type { TlsCounts } from '../../wire/tls.ts'
import type { CursorConfig, TargetConfig, Transport } from '../../config/run-config.ts'

export interface HerdWorkerPlan {
  target: TargetConfig
  transport: Transport
  /** The target's address; connections go to `connectTo`, which is the gate's or the target's own. */
  url: string
  cursor: CursorConfig
  /** As written after --policy. */
  policy: string
  realClient: boolean
  /** Numbers of this worker's clients over all workers; those from `controlFrom` on are never cut off. */
  first: number
  clients: number
  controlFrom: number
  tag: number
  seed: number
  /** Ports of this machine: one lets everybody in for a moment, at the other nobody listens. */
  rehearsal: { openPort: number; closedPort: number }
}

export type ToHerdWorker =
  | { type: 'plan'; plan: HerdWorkerPlan }
  | { type: 'open' }
  /** From now on an end of a connection is the outage's, and the client follows its policy. */
  | { type: 'watch' }
  /** No more attempts; answer with the result. */
  | { type: 'finish' }

/** Times are ms on the machine's monotonic clock. One number per client or attempt. */
export interface HerdWorkerResult {
  attempts: Float64Array
  attemptsUnrecorded: number
  /** NaN: not back. A client that was never cut off has the time of its first message. */
  backAt: Float64Array
  /** The first time after the watch began; NaN: never. */
  lostAt: Float64Array
  failures: Uint32Array
  gaveUp: Record<string, number>
  failureClasses: Record<string, { count: number; example: string }>
  opens: number
  /** Opens after the cut that lasted less than 5 s. */
  shortOpens: number
  /** Of those whose TCP handshake took so long that its SYN had to be sent again. */
  slowConnects: number
  /** TLS handshakes after the cut; null: no TLS, or not known. */
  handshakes: TlsCounts | null
  /** Issued − scheduled, ms, of every attempt. */
  issueLagMs: Float64Array
  /** Of each attempt that opened: the client's port, and when it had been issued. */
  openedFromPort: Float64Array
  openedIssuedAt: Float64Array
  /** Longest time this process stood still since the watch began. */
  longestStallMs: number
  audit: HerdAudit
  control: { dropped: number; latencyMs: number[] }
}

/** Of the clients that were cut: sums over all of them. Sequence numbers are those of the conductor's publisher. */
export interface HerdAudit {
  /** First number that each client saw, −1: none. */
  first: Int32Array
  /** Different numbers that it saw. */
  unique: Uint32Array
  /** When it had its last message; NaN: none. */
  lastAt: Float64Array
  received: number
  duplicated: number
  reordered: number
  maxGapMs: number
}

export type FromHerdWorker =
  | { type: 'ready' }
  | { type: 'opened'; opened: number; failed: number; example: string; controlPorts: number[] }
  /** Every 100 ms while watching. */
  | { type: 'tally'; at: number; back: number; gaveUp: number; trying: number; attempts: number }
  | { type: 'result'; result: HerdWorkerResult }

// What the workers brought, put together and made relative to the cut.
import type { TlsCounts } from '../../wire/tls.ts'
import type { GateLog } from '../../wire/gate-front.ts'
import type { Herd } from './herd.ts'
import { BIN_MS } from './herd.ts'
import { joined } from './growing-list.ts'
import type { Delays } from './machine-delays.ts'
import { delaysOf } from './machine-delays.ts'
import type { HerdWorkerResult } from './worker-plan.ts'

/** The moments of one run, ms on the monotonic clock. */
export interface Moments {
  cutAt: number
  restoredAt: number
  endedAt: number
  /** How long connections had been up at the cut. */
  upMs: number
  /** Numbers published before the last restore could be missed; those of the whole run. */
  published: number
  /** False: messages did not run, a client is back when it is connected. */
  streamed: boolean
}

export interface Audit {
  lost: number
  duplicated: number
  reordered: number
  received: number
  maxGapMs: number
  /** Clients that lost at least one message. */
  losers: number
}

export interface MeasuredHerd {
  herd: Herd
  gaveUpBy: Record<string, number>
  failureClasses: Record<string, { count: number; example: string }>
  /** Clients whose connection fell silent without their notice. */
  stuck: number
  opens: number
  shortOpens: number
  /** Connections whose SYN had to be sent again: the queue of the listener was full, or packets were lost. */
  slowConnects: number
  /** TLS handshakes after the cut; null: no TLS, or not known. */
  handshakes: TlsCounts | null
  issueLagMs: Float64Array
  /** What this machine added to the schedule of the policy. */
  delays: Delays
  attemptsUnrecorded: number
  longestStallMs: number
  /** Null: no messages ran. */
  audit: Audit | null
  control: { dropped: number; latencyMs: number[] }
  /** When each client lost its connection for the first time, ms since the cut; NaN: never. */
  lostAtMs: Float64Array
}

function addCounts(sums: Record<string, number>, counts: Record<string, number>) {
  for (const [name, count] of Object.entries(counts)) sums[name] = (sums[name] ?? 0) + count
}

// A client that never lost its connection but hears nothing any more is not back.
function backTimes(result: HerdWorkerResult, moments: Moments): { times: Float64Array; stuck: number } {
  let stuck = 0
  const times = result.backAt.map((at, index) => {
    if (Number.isNaN(at)) return at
    const heardAt = result.audit.lastAt[index]!
    if (moments.streamed && !(heardAt > moments.restoredAt)) {
      stuck += 1
      return Number.NaN
    }
    return at - moments.cutAt
  })
  return { times, stuck }
}

function auditOf(results: readonly HerdWorkerResult[], published: number): Audit {
  const sum = { lost: 0, duplicated: 0, reordered: 0, received: 0, maxGapMs: 0, losers: 0 }
  for (const { audit, backAt } of results) {
    sum.duplicated += audit.duplicated
    sum.reordered += audit.reordered
    sum.received += audit.received
    sum.maxGapMs = Math.max(sum.maxGapMs, audit.maxGapMs)
    for (const [index, first] of audit.first.entries()) {
      // Who never came back misses everything; that is counted as gone, not as lost messages.
      if (first < 0 || Number.isNaN(backAt[index]!)) continue
      const missed = Math.max(0, published - first - audit.unique[index]!)
      sum.lost += missed
      if (missed > 0) sum.losers += 1
    }
  }
  return sum
}

/** `log`: null without a gate. */
export function putTogether(results: readonly HerdWorkerResult[], moments: Moments, log: GateLog | null): MeasuredHerd {
  const { cutAt, restoredAt, endedAt } = moments
  const backs = results.map(result => backTimes(result, moments))
  const attempts = joined(results.map(({ attempts }) => attempts))
  const attemptBins = new Uint32Array(Math.ceil((endedAt - cutAt) / BIN_MS) + 1)
  for (const at of attempts) {
    const bin = Math.floor((at - cutAt) / BIN_MS)
    if (bin >= 0 && bin < attemptBins.length) attemptBins[bin]! += 1
  }
  const gaveUpBy: Record<string, number> = {}
  const failureClasses: MeasuredHerd['failureClasses'] = {}
  for (const result of results) {
    addCounts(gaveUpBy, result.gaveUp)
    for (const [name, { count, example }] of Object.entries(result.failureClasses)) {
      const known = (failureClasses[name] ??= { count: 0, example })
      known.count += count
    }
  }
  const backAtMs = joined(backs.map(({ times }) => times))
  const sum = (of: (result: HerdWorkerResult) => number) => results.reduce((total, result) => total + of(result), 0)
  return {
    herd: {
      clients: backAtMs.length,
      restoredMs: restoredAt - cutAt,
      attemptBins,
      backAtMs,
      failures: results.flatMap(({ failures }) => Array.from(failures)),
      gaveUp: Object.values(gaveUpBy).reduce((total, count) => total + count, 0),
    },
    gaveUpBy,
    failureClasses,
    stuck: backs.reduce((total, { stuck }) => total + stuck, 0),
    opens: sum(({ opens }) => opens),
    shortOpens: sum(({ shortOpens }) => shortOpens),
    slowConnects: sum(({ slowConnects }) => slowConnects),
    handshakes: results.some(({ handshakes }) => handshakes !== null)
      ? {
          full: sum(({ handshakes }) => handshakes?.full ?? 0),
          resumed: sum(({ handshakes }) => handshakes?.resumed ?? 0),
        }
      : null,
    issueLagMs: joined(results.map(({ issueLagMs }) => issueLagMs)).sort(),
    delays: delaysOf(results, log, restoredAt),
    attemptsUnrecorded: sum(({ attemptsUnrecorded }) => attemptsUnrecorded),
    longestStallMs: results.reduce((most, { longestStallMs }) => Math.max(most, longestStallMs), 0),
    audit: moments.streamed ? auditOf(results, moments.published) : null,
    control: {
      dropped: sum(({ control }) => control.dropped),
      latencyMs: results.flatMap(({ control }) => control.latencyMs).sort((a, b) => a - b),
    },
    lostAtMs: joined(results.map(({ lostAt }) => lostAt.map(at => at - cutAt))),
  }
}

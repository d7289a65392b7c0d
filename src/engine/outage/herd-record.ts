// What one worker writes down about its clients.
import { Arrival, SequenceAudit } from '../../measure/audit.ts'
import { createMark, findMark, readMark } from '../../measure/mark.ts'
import type { GiveUp } from '../../reconnect/policy.ts'
import { createGrowingList } from './growing-list.ts'
import type { TlsCounts } from '../../wire/tls.ts'
import type { HerdWorkerPlan, HerdWorkerResult } from './worker-plan.ts'

const ATTEMPTS_MAX = 2_000_000
const CLASSES_MAX = 100
const LATENCIES_MAX = 200_000
const SHORT_OPEN_MS = 5000
// A SYN without an answer is sent again after one second (RFC 6298 §2.1), give or take the kernel's clock.
const SYN_AGAIN_MS = 950

export interface HerdRecord {
  attempt(scheduledMs: number, issuedMs: number): void
  failed(client: number, kind: string, text: string): void
  lost(client: number, atMs: number): void
  back(client: number, atMs: number): void
  gaveUp(reason: GiveUp): void
  closedAfter(upMs: number): void
  /** `port`: the client's own, `connectMs`: of its TCP handshake, where they are known. */
  opened(port: number | undefined, issuedMs: number, connectMs?: number | null): void
  handshakes(counts: TlsCounts): void
  controlDropped(): void
  message(client: number, buffer: Buffer, start: number, end: number, atMs: number): void
  readonly tally: { back: number; gaveUp: number; attempts: number }
  result(longestStallMs: number): HerdWorkerResult
}

export function createHerdRecord(plan: HerdWorkerPlan): HerdRecord {
  const { clients, first, tag } = plan
  const cut = Math.max(0, Math.min(clients, plan.controlFrom - first))
  const attempts = createGrowingList(ATTEMPTS_MAX)
  const issueLag = createGrowingList(ATTEMPTS_MAX)
  const openedFromPort = createGrowingList(ATTEMPTS_MAX)
  const openedIssued = createGrowingList(ATTEMPTS_MAX)
  const backAt = new Float64Array(clients).fill(Number.NaN)
  const lostAt = new Float64Array(clients).fill(Number.NaN)
  const failures = new Uint32Array(clients)
  const audits: (SequenceAudit | undefined)[] = []
  const audit = {
    first: new Int32Array(clients).fill(-1),
    unique: new Uint32Array(clients),
    lastAt: new Float64Array(clients).fill(Number.NaN),
    received: 0,
    duplicated: 0,
    reordered: 0,
    maxGapMs: 0,
  }
  const gaveUp: Record<string, number> = {}
  const failureClasses: Record<string, { count: number; example: string }> = {}
  const control = { dropped: 0, latencyMs: [] as number[] }
  const tally = { back: 0, gaveUp: 0, attempts: 0 }
  const mark = createMark()
  let opens = 0
  let shortOpens = 0
  let slowConnects = 0
  let handshakes: TlsCounts | null = null

  function follow(client: number, sequence: number, atMs: number) {
    let follower = audits[client]
    if (follower === undefined) {
      follower = new SequenceAudit()
      follower.next = sequence
      audits[client] = follower
      audit.first[client] = sequence
    }
    const arrival = follower.accept(sequence)
    audit.received += 1
    // What was published before the client was there is no loss of its; a replay of it is no duplicate either.
    if (sequence < audit.first[client]!) return
    if (arrival === Arrival.duplicate) audit.duplicated += 1
    else audit.unique[client]! += 1
    if (arrival === Arrival.reordered) audit.reordered += 1
    const gapMs = atMs - audit.lastAt[client]!
    if (gapMs > audit.maxGapMs) audit.maxGapMs = gapMs
    audit.lastAt[client] = atMs
  }

  return {
    tally,
    attempt(scheduledMs, issuedMs) {
      attempts.add(issuedMs)
      issueLag.add(Math.max(0, issuedMs - scheduledMs))
      tally.attempts += 1
    },
    failed(client, kind, text) {
      failures[client]! += 1
      const known = failureClasses[kind]
      if (known) known.count += 1
      else if (Object.keys(failureClasses).length < CLASSES_MAX) failureClasses[kind] = { count: 1, example: text }
    },
    lost(client, atMs) {
      if (Number.isNaN(lostAt[client]!)) lostAt[client] = atMs
      if (!Number.isNaN(backAt[client])) tally.back -= 1
      backAt[client] = Number.NaN
    },
    back(client, atMs) {
      if (!Number.isNaN(backAt[client])) return
      backAt[client] = atMs
      tally.back += 1
    },
    gaveUp(reason) {
      gaveUp[reason] = (gaveUp[reason] ?? 0) + 1
      tally.gaveUp += 1
    },
    closedAfter(upMs) {
      if (upMs < SHORT_OPEN_MS) shortOpens += 1
    },
    opened(port, issuedMs, connectMs) {
      opens += 1
      if (connectMs != null && connectMs >= SYN_AGAIN_MS) slowConnects += 1
      if (port === undefined) return
      openedFromPort.add(port)
      openedIssued.add(issuedMs)
    },
    handshakes: counts => void (handshakes = counts),
    controlDropped: () => void (control.dropped += 1),
    message(client, buffer, start, end, atMs) {
      // A poll's answer may hold several.
      for (let at = findMark(buffer, start, end, tag); at !== -1; at = findMark(buffer, at + 1, end, tag)) {
        if (!readMark(buffer, at, atMs, mark)) continue
        if (client < cut) follow(client, mark.sequence, atMs)
        else if (control.latencyMs.length < LATENCIES_MAX) control.latencyMs.push(atMs - mark.sentMs)
      }
    },
    result: longestStallMs => ({
      attempts: attempts.values(),
      attemptsUnrecorded: attempts.unrecorded,
      backAt: backAt.slice(0, cut),
      lostAt: lostAt.slice(0, cut),
      failures: failures.slice(0, cut),
      gaveUp,
      failureClasses,
      opens,
      shortOpens,
      slowConnects,
      handshakes,
      issueLagMs: issueLag.values(),
      openedFromPort: openedFromPort.values(),
      openedIssuedAt: openedIssued.values(),
      longestStallMs,
      audit: {
        ...audit,
        first: audit.first.slice(0, cut),
        unique: audit.unique.slice(0, cut),
        lastAt: audit.lastAt.slice(0, cut),
      },
      control,
    }),
  }
}

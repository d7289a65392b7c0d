// What makes a run limited: how late attempts were issued, and how late the gate accepted them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compare } from '../../../src/engine/outage/compared.ts'
import type { PolicyOutcome } from '../../../src/engine/outage/conduct.ts'
import { delaysOf } from '../../../src/engine/outage/machine-delays.ts'
import { putTogether } from '../../../src/engine/outage/measured.ts'
import { outageMetrics } from '../../../src/engine/outage/metrics.ts'
import { judgeHerds } from '../../../src/engine/outage/validity.ts'
import type { HerdWorkerResult } from '../../../src/engine/outage/worker-plan.ts'

const RESTORED_AT = 10_000

/** A worker with one attempt per lag, due every 100 ms from this moment on. */
function worker(dueFrom: number, lags: number[], rest: Partial<HerdWorkerResult> = {}): HerdWorkerResult {
  const none = new Float64Array()
  return {
    attempts: Float64Array.from(lags, (lag, index) => dueFrom + 100 * index + lag),
    issueLagMs: Float64Array.from(lags),
    attemptsUnrecorded: 0,
    backAt: none,
    lostAt: none,
    failures: new Uint32Array(),
    gaveUp: {},
    failureClasses: {},
    opens: 0,
    shortOpens: 0,
    slowConnects: 0,
    handshakes: null,
    openedFromPort: none,
    openedIssuedAt: none,
    longestStallMs: 0,
    audit: {
      first: new Int32Array(),
      unique: new Uint32Array(),
      lastAt: none,
      received: 0,
      duplicated: 0,
      reordered: 0,
      maxGapMs: 0,
    },
    control: { dropped: 0, latencyMs: [] },
    ...rest,
  }
}

function judged(results: HerdWorkerResult[], log: Parameters<typeof putTogether>[2] = null) {
  const moments = { cutAt: 0, restoredAt: RESTORED_AT, endedAt: 30_000, upMs: 0, published: 0, streamed: false }
  const outcome: PolicyOutcome = {
    policy: 'fixed',
    opened: 1,
    openFailed: 0,
    openExample: '',
    measured: putTogether(results, moments, log),
    moments,
    messagesAtMs: [],
    neverRestored: false,
    lostWorkers: [],
    publishError: '',
  }
  const compared = [compare('fixed', outcome, null)]
  return { validity: judgeHerds(compared), metrics: outageMetrics(compared, null) }
}

test('the lag of each attempt belongs to the time for which it was due, not to that of its issue', () => {
  const { issueLagMs } = delaysOf([worker(RESTORED_AT - 100, [150, 7, 3])], null, RESTORED_AT)
  assert.deepEqual([...issueLagMs.down], [150])
  assert.deepEqual([...issueLagMs.restored], [3, 7])
})

test('p50, p99 and the most are those of all attempts of all workers', () => {
  const lags = Array.from({ length: 100 }, (_, index) => index)
  const { metrics } = judged([worker(0, lags.slice(0, 40)), worker(0, lags.slice(40))])
  const value = (name: string) => (metrics[name] as { value: number }).value
  assert.deepEqual(
    ['p50', 'p99', 'max'].map(part => value(`gen_issue_lag_${part}`)),
    [50, 99, 99],
  )
})

// The lags of the outage itself must not hide those of the storm after it: there are ten times as many of them.
test('a herd late by more than 100 ms after the restore is limited, however punctual it was before', () => {
  const punctual = worker(
    0,
    Array.from({ length: 90 }, () => 1),
  )
  const late = (ms: number) => worker(RESTORED_AT, [...Array.from({ length: 9 }, () => 1), ms])
  assert.equal(judged([punctual, late(100)]).validity.verdict, 'valid')
  const { verdict, reasons } = judged([punctual, late(101)]).validity
  assert.equal(verdict, 'limited')
  assert.match(reasons.join(), /^fixed: attempts were issued 101 ms after their schedule \(p99\)/)
})

test('the gate accepts late: the first accept from that port after the issue counts', () => {
  const opened = { openedFromPort: Float64Array.of(40_000, 40_001), openedIssuedAt: Float64Array.of(10_000, 10_000) }
  const log = (acceptedAt: number) => ({
    // Port 40 000 had been here before: that accept is none of this attempt.
    accepted: Float64Array.of(9000, 10_010, acceptedAt),
    ports: Uint16Array.of(40_000, 40_001, 40_000),
    admitted: new Float64Array(),
  })
  const results = [worker(RESTORED_AT, [0, 0], opened)]
  assert.deepEqual([...delaysOf(results, log(10_030), RESTORED_AT).acceptLagMs], [10, 30])
  assert.equal(judged(results, log(10_100)).validity.verdict, 'valid')
  assert.match(judged(results, log(10_200)).validity.reasons.join(), /the gate accepted attempts 200 ms after/)
})

test('a standstill, a lost worker and used-up ports each make the run limited', () => {
  assert.equal(judged([worker(0, [0], { longestStallMs: 399 })]).validity.verdict, 'valid')
  assert.match(judged([worker(0, [0], { longestStallMs: 400 })]).validity.reasons.join(), /stood still for 400 ms/)
  const failureClasses = { 'ports-used-up': { count: 1, example: 'no local port is left' } }
  assert.match(judged([worker(0, [0], { failureClasses })]).validity.reasons.join(), /no local port is left/)
  assert.match(judged([worker(0, [0], { attemptsUnrecorded: 2 })]).validity.reasons.join(), /2 attempts are beyond/)
})

// An independent simulation of the same herd gave the table: 10,000 clients dropped within 50 ms, 500 admissions per
// second, a backlog of 511 whose overflow fails at once, followed for 300 s from the drop.
import assert from 'node:assert/strict'
import { cpuUsage } from 'node:process'
import { test } from 'node:test'
import { herdFigures } from '../../../src/engine/outage/herd.ts'
import { resolvePlan } from '../../../src/engine/outage/plan.ts'
import { predict } from '../../../src/engine/outage/predict.ts'

type Row = [peak: number, t50: number | null, t95: number | null, t100: number | null, failures: number, gaveUp: number]

const AT_ONCE: Record<string, Row> = {
  fixed: [10_000, 11, 20, 21, 9.4, 0],
  'eventsource-chromium': [10_000, 31, 57, 60, 9, 0],
  'eventsource-gecko': [10_000, 51, 95, 100, 9, 0],
  phoenix: [56_814, 35, 75, 80, 13.5, 0],
  'y-websocket': [28_827, 21, 42, 44, 10.5, 0],
  supabase: [10_000, 79, 168, 178, 9, 0],
  partysocket: [10_000, 78, 167, 177, 9, 0],
  'trpc-ws': [10_000, 181, null, null, 8.2, 0],
  signalr: [10_000, null, null, null, 3.5, 7862],
  'graphql-ws': [3782, 11, 25, 42, 1.7, 0],
  livekit: [19_464, 18, 41, 42, 4.6, 0],
  socketio: [5764, 11, 23, 24, 2.5, 0],
  'rws-pladaria': [3379, 11, 20, 27, 1.5, 0],
  actioncable: [1729, 17, 28, 38, 0.9, 0],
  centrifuge: [9518, 11, 24, 34, 3.4, 0],
  rfc6455: [2693, 10, 26, 67, 1.1, 0],
  'aws-full': [11_938, 10, 24, 42, 2.9, 0],
  'aws-decorrelated': [5487, 11, 23, 37, 1.8, 0],
}

const AFTER_30_S: Record<string, Row> = {
  fixed: [10_000, 10, 19, 20, 38.4, 0],
  'eventsource-chromium': [10_000, 28, 54, 57, 18, 0],
  phoenix: [10_000, 50, 94, 99, 23, 0],
  'y-websocket': [10_000, 24, 46, 48, 24, 0],
  'trpc-ws': [10_000, null, null, null, 10.6, 0],
  signalr: [10_000, null, null, null, 3.9, 9464],
  nats: [0, null, null, null, 10, 10_000],
  'graphql-ws': [2227, null, null, null, 4.6, 5671],
  livekit: [4295, 18, null, null, 8.7, 3873],
  socketio: [3122, 10, 24, 28, 8.6, 0],
  'rws-pladaria': [1337, 10, 21, 30, 5.6, 0],
  actioncable: [1710, 15, 31, 32, 3.8, 0],
  centrifuge: [889, 10, 22, 33, 7, 0],
  rfc6455: [414, 16, 44, 59, 3.3, 0],
  'aws-full': [564, 10, 23, 30, 5.6, 0],
  'aws-decorrelated': [961, 10, 28, 37, 5.4, 0],
}

const UP_LONG = { upMs: 600_000, greeted: true, sinceAttemptMs: 600_000 }
const REFUSED = { sinceAttemptMs: 0 }

async function run(id: string, downMs: number, seed = 1) {
  const herd = predict({
    clients: 10_000,
    plan: await resolvePlan(id),
    seed,
    dropWithinMs: 50,
    downMs,
    horizonMs: 300_000 - downMs,
    capacity: 500,
    backlog: 511,
    lost: UP_LONG,
    down: REFUSED,
    overflow: REFUSED,
  })
  return { herd, figures: herdFigures(herd) }
}

// The table's peaks are counted in whole seconds from the return.
function peakInWholeSeconds(bins: ArrayLike<number>, from: number): number {
  const seconds: number[] = []
  for (const [index, count] of Array.from(bins).slice(from).entries())
    seconds[Math.floor(index / 10)] = (seconds[Math.floor(index / 10)] ?? 0) + count
  return Math.max(...seconds)
}

// The table is rounded to whole seconds; the tails of random policies differ from seed to seed.
function assertNear(actual: number | null, expected: number | null, share: number, atLeast: number, what: string) {
  if (actual === null || expected === null) return assert.equal(actual, expected, what)
  const allowed = Math.max(atLeast, expected * share)
  assert.ok(Math.abs(actual - expected) <= allowed, `${what}: ${actual}, not ${expected} ± ${allowed}`)
}

for (const [downMs, table] of [
  [0, AT_ONCE],
  [30_000, AFTER_30_S],
] as const)
  for (const [id, [peak, t50, t95, t100, failures, gaveUp]] of Object.entries(table))
    test(`${id} after ${downMs / 1000} s recovers as the independent simulation says`, async () => {
      const { herd, figures } = await run(id, downMs)
      const seconds = (ms: number | null) => (ms === null ? null : ms / 1000)
      assertNear(peakInWholeSeconds(herd.attemptBins, downMs / 100), peak, peak < 1000 ? 0.1 : 0.05, 0, 'peak')
      assertNear(seconds(figures.t50Ms), t50, 0.03, 1, 't50')
      assertNear(seconds(figures.t95Ms), t95, 0.03, 1, 't95')
      assertNear(seconds(figures.t100Ms), t100, 0.12, 1, 't100')
      assertNear(figures.failuresMean, failures, 0.03, 0.15, 'failures')
      assertNear(figures.gaveUp, gaveUp, 0.03, 0, 'gave up')
      if (t95 !== null) assert.ok(herd.complete)
    })

test('10,000 clients over 300 s take less than two seconds', async () => {
  // CPU time: other processes of a busy machine do not count.
  const before = cpuUsage()
  await run('fixed', 30_000)
  const { user, system } = cpuUsage(before)
  assert.ok(user + system < 2_000_000, `${(user + system) / 1000} ms`)
})

test('the same seed gives the same herd, another seed another', async () => {
  const [first, again, other] = [
    await run('aws-full', 30_000, 4),
    await run('aws-full', 30_000, 4),
    await run('aws-full', 30_000, 5),
  ]
  assert.deepEqual(first.herd, again.herd)
  assert.notDeepEqual(first.herd.attemptBins, other.herd.attemptBins)
})

test('an answer of 503 during the outage ends every EventSource client, a refused connection none', async () => {
  const plan = await resolvePlan('eventsource-chromium')
  const shared = { clients: 100, plan, seed: 1, dropWithinMs: 50, downMs: 10_000, horizonMs: 60_000, capacity: 500 }
  const rest = { backlog: 511, lost: UP_LONG, overflow: REFUSED }
  assert.equal(predict({ ...shared, ...rest, down: { sinceAttemptMs: 1, status: 503 } }).gaveUp, 100)
  assert.equal(predict({ ...shared, ...rest, down: REFUSED }).gaveUp, 0)
})

test('a policy without any delay ends the simulation early, and it says so', async () => {
  const { herd } = await run('aws-none', 30_000)
  assert.equal(herd.complete, false)
  assert.ok(herd.untilMs < 30_000)
})

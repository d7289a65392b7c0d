import assert from 'node:assert/strict'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, test, type TestContext } from 'node:test'
import { startEndpoint } from '../../../src/endpoint/endpoint.ts'
import { reactionOf, stallCheck, stallFindings } from '../../../src/engine/proxy/slow-consumer/describe-stall.ts'
import { missingNumbers } from '../../../src/engine/proxy/slow-consumer/event-number.ts'
import type { StalledStream } from '../../../src/engine/proxy/slow-consumer/stall-endpoint.ts'
import type { Report } from '../../../src/report/report.ts'
import { findingOf, runAt } from './run-at.ts'

const MIB = 1024 * 1024
const hop = { recipe: null, evidence: '', recipes: [] }

const kept: StalledStream = {
  bytesPerSecond: 9 * MIB,
  stallMs: 5000,
  queuedBytes: 6 * MIB,
  wasFull: true,
  endedAfterMs: null,
  ended: false,
  blindShare: 0,
  caughtUpBytes: 60 * MIB,
  missing: 0,
  silenceMs: 12,
  usualSilenceMs: 11,
  expected: 700,
  came: 698,
}

test('what a server does with a client that does not read, from what came and what did not', () => {
  const cases: [Partial<StalledStream>, ReturnType<typeof reactionOf>][] = [
    [{}, 'kept'],
    [{ wasFull: false }, 'not-reached'],
    [{ queuedBytes: null, wasFull: false }, 'kept'],
    [{ ended: true, endedAfterMs: 3000 }, 'closed'],
    [{ missing: 210, came: 490 }, 'dropped'],
    [{ silenceMs: 3900, came: 350 }, 'blocked'],
    [{ silenceMs: 3900, usualSilenceMs: 3800 }, 'kept'],
    [{ missing: null, silenceMs: null, came: 300 }, 'unknown'],
    [{ missing: null, silenceMs: null }, 'kept'],
  ]
  for (const [change, reaction] of cases)
    assert.equal(reactionOf({ ...kept, ...change }), reaction, JSON.stringify(change))
})

test('only what fills memory or loses events is a warning; what cannot be known is said', () => {
  const [finding] = stallFindings(kept, hop)
  assert.equal(finding!.severity, 'warning')
  assert.match(finding!.text, /^everything is kept for a client that stops reading \(54 MiB were kept/)
  assert.match(finding!.text, /cannot be seen from outside: --origin HOST:PORT shows it$/)
  assert.match(finding!.fix, /^on the server: a bound on what waits for one client/)
  assert.equal(stallFindings({ ...kept, caughtUpBytes: 9 * MIB }, hop)[0]!.severity, 'info')
  assert.deepEqual(stallFindings({ ...kept, wasFull: false }, hop), [])
  assert.match(stallCheck({ ...kept, wasFull: false }).reason, /^the client's kernel took all of it/)
  assert.match(
    stallCheck({ ...kept, missing: null, silenceMs: null, came: 300 }).observed,
    /^unknown: 300 of about 700 events came within 2.5 s: left out or not emitted, which events without a number/,
  )
})

test('missing numbers are counted only where events are numbered one by one', () => {
  const events = (...ids: (number | string)[]) => ids.map(id => ({ atMs: 0, data: 'x', id: String(id) }))
  assert.equal(missingNumbers(events(1, 2, 3, 4)), 0)
  assert.equal(missingNumbers(events(1, 2, 3, 7, 8)), 3)
  assert.equal(missingNumbers(events(10, 20, 30, 40)), null)
  assert.equal(missingNumbers(events(3, 2, 1, 4)), null)
  assert.equal(missingNumbers(events('a', 'b', 'c')), null)
  assert.equal(missingNumbers(['{"seq":4}', '{"seq":5}', '{"seq":7}'].map(data => ({ atMs: 0, data, id: '' }))), 1)
})

const EVERY_MS = 20
// 9 MiB/s: in 5 s more than the socket buffers of both ends usually grow to.
const EVENT_BYTES = 192 * 1024
const BOUND_BYTES = MIB

type Policy = (response: ServerResponse, send: () => void) => void

/** What servers do when a client does not read: the buffer of the response is theirs. */
const POLICIES = {
  keep: (_response, send) => send(),
  drop: (response, send) => void (response.writableLength < BOUND_BYTES && send()),
  close: (response, send) => void (response.writableLength < 4 * BOUND_BYTES ? send() : response.destroy()),
} satisfies Record<string, Policy>

/** Numbered events on a schedule. */
async function emitter(t: TestContext, policy: Policy): Promise<number> {
  const pad = 'x'.repeat(EVENT_BYTES)
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    let seq = 0
    // A busy machine makes the ticks late, not the stream slow; but no burst alone reaches the bound.
    let dueMs = performance.now()
    const timer = setInterval(() => {
      dueMs = Math.max(dueMs, performance.now() - 4 * EVERY_MS)
      for (; dueMs <= performance.now(); dueMs += EVERY_MS) {
        seq += 1
        policy(response, () =>
          response.write(`id: ${seq}\ndata: {"seq":${seq},"ts":${Date.now()}.5,"pad":"${pad}"}\n\n`),
        )
      }
    }, EVERY_MS)
    response.on('close', () => clearInterval(timer))
    response.on('error', () => clearInterval(timer))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

/** Null, after a skip, where this machine was too busy for the run to say anything. */
async function stalled(t: TestContext, policy: Policy): Promise<Report | null> {
  if (process.platform !== 'linux') {
    t.skip('the queues of the kernel are read on Linux only')
    return null
  }
  const report = await runAt(await emitter(t, policy), { only: ['slow-consumer'] })
  if (report.verdict !== 'invalid') return report
  t.skip(report.validity.reasons.join())
  return null
}

describe('rtbench proxy stops reading somebody’s stream', { concurrency: 3 }, () => {
  test('a server that keeps everything is found, with how much', { timeout: 100_000 }, async t => {
    const report = await stalled(t, POLICIES.keep)
    if (report === null) return
    const { text } = findingOf(report, 'slow-consumer.kept')
    assert.match(text, /^everything is kept for a client that stops reading \([\d.]+ MiB were kept and came when/)
  })

  test('one that leaves events out, by their numbers', { timeout: 100_000 }, async t => {
    const report = await stalled(t, POLICIES.drop)
    if (report === null) return
    const { text } = findingOf(report, 'slow-consumer.dropped')
    assert.match(text, /loses events, and is not told \([\d,]+ events were left out, by their numbers/)
  })

  test('one that closes', { timeout: 100_000 }, async t => {
    const report = await stalled(t, POLICIES.close)
    if (report === null) return
    const { text } = findingOf(report, 'slow-consumer.closed')
    assert.match(text, /is closed: it must come back and resume \(closed /)
  })

  test('a stream that is too slow to fill anything says nothing, and is said to', { timeout: 60_000 }, async t => {
    const endpoint = await startEndpoint({})
    t.after(() => endpoint.close())
    const { checks } = await runAt(endpoint.port, { only: ['slow-consumer'] }, '/tick/events?interval=100ms')
    assert.equal(checks[0]!.verdict, 'skip')
    assert.match(checks[0]!.reason, /^the stream brings [\d.]+ B\/s: in 5 s that fits into the client's kernel/)
  })
})

import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import { startEndpoint } from '../../../src/endpoint/endpoint.ts'
import { reactionOf, stallCheck, stallFindings } from '../../../src/engine/proxy/slow-consumer/describe-stall.ts'
import { missingNumbers } from '../../../src/engine/proxy/slow-consumer/event-number.ts'
import type { StalledStream } from '../../../src/engine/proxy/slow-consumer/stall-endpoint.ts'
import type { Report } from '../../../src/report/report.ts'
import { startServer } from '../../servers/start.ts'
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
  drainMs: 2500,
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

/** Null, after a skip, where this machine was too busy for the run to say anything. */
async function stalled(
  t: TestContext,
  policy: 'keep' | 'drop' | 'close' | 'block',
): Promise<(Report & { longestGapMs: number }) | null> {
  if (process.platform !== 'linux') {
    t.skip('the queues of the kernel are read on Linux only')
    return null
  }
  // In a process of its own: its work holds up nobody who measures.
  const { port, facts } = await startServer<{ longestGapMs: number }>(t, 'events-unread', [policy])
  const report = await runAt(port, { only: ['slow-consumer'] })
  if (report.verdict !== 'invalid') return { ...report, ...(await facts()) }
  t.skip(report.validity.reasons.join())
  return null
}

describe('rtbench proxy stops reading somebody’s stream', { concurrency: 2 }, () => {
  test('a server that keeps everything is found, with how much', { timeout: 100_000 }, async t => {
    const report = await stalled(t, 'keep')
    if (report === null) return
    const { text } = findingOf(report, 'slow-consumer.kept')
    assert.match(text, /^everything is kept for a client that stops reading \([\d.]+ MiB were kept and came when/)
  })

  test('one that leaves events out, by their numbers', { timeout: 100_000 }, async t => {
    const report = await stalled(t, 'drop')
    if (report === null) return
    const { text } = findingOf(report, 'slow-consumer.dropped')
    assert.match(text, /loses events, and is not told \([\d,]+ events were left out, by their numbers/)
  })

  test('one that closes', { timeout: 100_000 }, async t => {
    const report = await stalled(t, 'close')
    if (report === null) return
    const { text } = findingOf(report, 'slow-consumer.closed')
    assert.match(text, /is closed: it must come back and resume \(closed /)
  })

  test('one that waits for the client, by the times in its events', { timeout: 100_000 }, async t => {
    const report = await stalled(t, 'block')
    if (report === null) return
    const { text } = findingOf(report, 'slow-consumer.blocked')
    const [, seconds] = /holds the emitter back: .* \(nothing was emitted for ([\d.]+) s, by the/.exec(text) ?? []
    // The server's own word, but for three digits of a second and for ms of the time in the events.
    const { longestGapMs } = report
    assert.ok(Math.abs(Number(seconds) * 1000 - longestGapMs) < 12, `${text}; in truth ${longestGapMs} ms`)
    assert.match(text, /by the events' own clock, and nothing is missing;/)
  })

  test('a stream that is too slow to fill anything says nothing, and is said to', { timeout: 60_000 }, async t => {
    const endpoint = await startEndpoint({})
    t.after(() => endpoint.close())
    const { checks } = await runAt(endpoint.port, { only: ['slow-consumer'] }, '/tick/events?interval=100ms')
    assert.equal(checks[0]!.verdict, 'skip')
    assert.match(checks[0]!.reason, /^the stream brings [\d.]+ B\/s: in 5 s that fits into the client's kernel/)
  })
})

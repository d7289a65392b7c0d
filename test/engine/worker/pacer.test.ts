import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Pacer } from '../../../src/engine/worker/pacer.ts'
import { createHistogram } from '../../../src/measure/histogram.ts'
import { now } from '../../../src/world/clock.ts'
import { seededRandom } from '../../../src/world/random.ts'

interface Sent {
  target: string
  dueMs: number
  atMs: number
}

function pacing(targets: string[], arrival: 'constant' | 'poisson' = 'constant', seed = 1) {
  const sent: Sent[] = []
  let unsent = 0
  const lag = createHistogram()
  const { promise, resolve } = withResolvers()
  const pacer = new Pacer<string>({
    targets,
    send: (target, dueMs) => void sent.push({ target, dueMs, atMs: now() }),
    flush() {},
    arrival,
    random: seededRandom(seed),
    sendLag: () => lag,
    unsent: count => (unsent += count),
    finished: resolve,
  })
  return { pacer, sent, finished: promise, unsent: () => unsent }
}

function withResolvers() {
  let resolve = () => {}
  const promise = new Promise<void>(done => {
    resolve = done
  })
  return { promise, resolve }
}

const names = (count: number) => Array.from({ length: count }, (_, i) => `c${i}`)

describe('pacing', { concurrency: true }, () => {
  for (const [rate, ms] of [
    [1, 1000],
    [3, 1000],
    [10, 700],
    [333, 900],
    [1000, 500],
    [20_000, 400],
  ] as const) {
    it(`${rate}/s for ${ms} ms is exactly that many, each on its due time, none early`, async () => {
      const { pacer, sent, finished, unsent } = pacing(names(7))
      const startAt = now() + 5
      pacer.start(startAt, startAt + ms, rate, 0)
      await finished
      assert.equal(sent.length + unsent(), Math.ceil((rate * ms) / 1000))
      const dues = sent.map(({ dueMs }) => dueMs).sort((a, b) => a - b)
      for (const [k, dueMs] of dues.entries()) assert.ok(Math.abs(dueMs - startAt - (k * 1000) / rate) < 0.01)
      assert.ok(sent.every(({ atMs, dueMs }) => atMs >= dueMs - 0.01))
    })
  }

  it('goes round all connections evenly', async () => {
    const { pacer, sent, finished } = pacing(names(8))
    const startAt = now()
    pacer.start(startAt, startAt + 400, 1000, 0)
    await finished
    const counts = names(8).map(name => sent.filter(({ target }) => target === name).length)
    assert.deepEqual(
      counts,
      Array.from({ length: 8 }, () => 50),
    )
  })

  it('workers of one run interleave by their phase', async () => {
    const parts = Array.from({ length: 4 }, () => pacing(['c']))
    const startAt = now() + 10
    for (const [i, { pacer }] of parts.entries()) pacer.start(startAt, startAt + 400, 25, i / 4)
    await Promise.all(parts.map(({ finished }) => finished))
    const dues = parts.flatMap(({ sent }) => sent.map(({ dueMs }) => dueMs)).sort((a, b) => a - b)
    assert.equal(dues.length, 40)
    for (const [k, dueMs] of dues.entries()) assert.ok(Math.abs(dueMs - startAt - k * 10) < 0.01)
  })

  it('a random schedule has the mean of its rate, and the gaps of a Poisson process', async () => {
    const { pacer, sent, finished } = pacing(names(5), 'poisson', 7)
    const startAt = now()
    pacer.start(startAt, startAt + 1000, 5000, 0)
    await finished
    // Four standard deviations of a Poisson count.
    assert.ok(Math.abs(sent.length - 5000) < 4 * Math.sqrt(5000), `${sent.length}`)
    const gaps = sent.slice(1).map(({ dueMs }, i) => dueMs - sent[i]!.dueMs)
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length
    const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / gaps.length
    assert.ok(Math.abs(Math.sqrt(variance) / mean - 1) < 0.1, 'deviation equals mean')
  })

  it('catches up after a stall: late, but nothing is skipped and due times stand', async () => {
    const { pacer, sent, finished } = pacing(names(3))
    const startAt = now() + 5
    pacer.start(startAt, startAt + 400, 100, 0)
    setTimeout(() => {
      const until = now() + 150
      while (now() < until);
    }, 100)
    await finished
    assert.equal(sent.length, 40)
    assert.ok(sent.some(({ atMs, dueMs }) => atMs - dueMs > 80))
  })

  it('another rate holds from the next message on', async () => {
    const { pacer, sent, finished } = pacing(['c'])
    const startAt = now()
    pacer.start(startAt, startAt + 1000, 0, 0)
    await new Promise(resolve => setTimeout(resolve, 100))
    assert.equal(sent.length, 0)
    pacer.setRate(200)
    await finished
    const first = sent[0]!.dueMs
    assert.equal(sent.length, Math.ceil((startAt + 1000 - first) * 0.2 - 1e-6))
    for (const [k, { dueMs }] of sent.entries()) assert.ok(Math.abs(dueMs - first - k * 5) < 0.01)
  })

  it('without a connection the schedule goes on, and stops when told', async () => {
    const empty = pacing([])
    const startAt = now()
    empty.pacer.start(startAt, startAt + 50, 1000, 0)
    await empty.finished
    assert.equal(empty.sent.length, 0)
    const stopped = pacing(['c'])
    stopped.pacer.start(now(), now() + 10_000, 100, 0)
    stopped.pacer.stop()
    await new Promise(resolve => setTimeout(resolve, 50))
    assert.equal(stopped.sent.length, 0)
  })
})

// --timestamp: the time from the server's clock to ours is shown where both are one, and not at all where they are not.
import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { clocksApart } from '../../src/engine/load/one-way.ts'
import { loadConfig } from '../../src/index.ts'
import { startServer } from '../servers/start.ts'
import { histogram, runLoad, tooBusy } from './run-load.ts'

async function listen(t: TestContext, words: (string | number)[]) {
  const { host } = await startServer(t, 'events-timed', words)
  const { report } = await runLoad([
    `http://${host}/`,
    '-t',
    'sse',
    '-c',
    5,
    '-d',
    '2s',
    '-w',
    1,
    '--timestamp',
    'json:ts',
  ])
  const finding = (id: string) => report.findings.find(found => found.id === id)?.text
  return { report, why: finding('unknown-clock-offset'), resolution: finding('timestamp-resolution') }
}

describe('from the timestamp in an event to its arrival', { concurrency: 2 }, () => {
  it('on one clock: a delay of 100 ms is measured as 100 to 103 ms, and its resolution is told', async t => {
    const { report, why, resolution } = await listen(t, [0, 100])
    assert.equal(why, undefined)
    const { p50, min, count } = histogram(report, 'push_latency')
    assert.ok(count > 100, `${count} events`)
    assert.ok(min >= 98, `an event after ${min} ms`)
    if (tooBusy(t, report, p50 <= 103)) return
    assert.ok(p50 >= 99 && p50 <= 103, `p50 ${p50} ms`)
    assert.match(resolution!, /up to 1 ms too long/)
  })

  for (const [offMs, words] of [
    [5000, [5000]],
    [5000, [5000, 0, 'undated']],
    [-5000, [-5000]],
  ] as const) {
    it(`of a clock that is off by ${offMs / 1000} s (${words.length > 1 ? 'without' : 'with'} a Date): not shown`, async t => {
      const { report, why, resolution } = await listen(t, [...words])
      assert.equal(report.metrics['push_latency'], undefined)
      assert.equal(resolution, undefined)
      assert.ok(histogram(report, 'event_gap').count > 100, 'what one clock is enough for is measured')
      const [, seconds, way] = /at least ([\d.]+) s (ahead of|behind) this machine's$/.exec(why!) ?? []
      assert.equal(way, offMs > 0 ? 'ahead of' : 'behind')
      assert.ok(Number(seconds) >= 2.9 && Number(seconds) <= 5.001, why)
    })
  }

  for (const offMs of [5000, -5000, 0]) {
    it(`of a clock that is off by ${offMs / 1000} s and can be asked: 100 ms are measured as 100 ms, ± what it says`, async t => {
      const { report, why, resolution } = await listen(t, [offMs, 100, 'timed'])
      assert.equal(why, undefined)
      const [, seconds, way, plusMinus, unit] =
        / clock that is ([\d.]+) s (ahead of|behind) this machine's: each time ± ([\d.]+) (ms|µs); /.exec(
          resolution!,
        ) ?? []
      // On this machine a clock with the same time is the same clock.
      assert.equal(way, offMs === 0 ? undefined : offMs > 0 ? 'ahead of' : 'behind', resolution)
      if (offMs !== 0) assert.equal(Number(seconds), 5)
      const errorMs = way === undefined ? 0 : Number(plusMinus) / (unit === 'ms' ? 1 : 1000)
      t.diagnostic(`± ${errorMs} ms`)
      const { p50, min } = histogram(report, 'push_latency')
      assert.ok(min >= 98 - errorMs, `an event after ${min} ms`)
      if (tooBusy(t, report, p50 <= 103 + errorMs)) return
      assert.ok(p50 >= 99 - errorMs && p50 <= 103 + errorMs, `p50 ${p50} ms`)
    })
  }

  it('of another machine: not shown', () => {
    const { target } = loadConfig({ url: 'http://192.0.2.1/', transport: 'sse' })
    assert.match(clocksApart(target, {}, null)!, /^the target runs on another machine, .* unknown$/)
    const { target: own } = loadConfig({ url: 'http://127.0.0.1/', transport: 'sse' })
    assert.equal(clocksApart(own, {}, null), null)
  })
})

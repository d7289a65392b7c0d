import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, test, type TestContext } from 'node:test'
import { emissionTimeOf } from '../../../src/engine/proxy/buffering/emission-time.ts'
import { timePath } from '../../../src/engine/endpoint-clock.ts'
import type { Report } from '../../../src/report/report.ts'
import { seededRandom } from '../../../src/world/random.ts'
import { startServer } from '../../servers/start.ts'
import { delayedRelay } from './delayed-relay.ts'
import { runAt } from './run-at.ts'

const TICKS = '/tick/events?interval=100ms'

async function watched(t: TestContext, aheadMs: number, delayMs: [number, number]): Promise<Report> {
  const { port } = await startServer(t, 'endpoint-clock-ahead', [aheadMs])
  const relay = await delayedRelay(port, delayMs, 0, seededRandom(1))
  t.after(() => relay.stop())
  return runAt(relay.port, { only: ['buffering'] }, TICKS)
}

const delayOf = (report: Report) => report.checks.find(({ id }) => id === 'proxy.delay.identity-get')!

function bound(report: Report, which: 'least' | 'most'): number {
  const metric = report.metrics[`push_latency_at_${which}{stream:identity-get-small}`]
  assert.ok(metric?.type === 'histogram' && metric.count > 50)
  return metric.p50
}

describe(
  'rtbench proxy says how long events of an endpoint with another clock were under way',
  { concurrency: 2 },
  () => {
    test('a clock 5 s ahead and 200 ms in each direction', { timeout: 100_000 }, async t => {
      const report = await watched(t, 5000, [200, 200])
      const { verdict, observed } = delayOf(report)
      assert.equal(verdict, 'info')
      const said =
        /^\d+ events: (\d+) ms \(p50\), \d+ ms \(p95\), .* each ± (\d+) ms; the endpoint's clock is (.*) ahead of/
      const [, p50, plusMinus, ahead] = said.exec(observed) ?? []
      assert.ok(Math.abs(Number(p50) - 200) < 15, observed)
      assert.ok(Math.abs(Number(plusMinus) - 200) < 15, observed)
      assert.match(ahead ?? '', /^(5|4\.99|5\.01) s$/)
      assert.ok(bound(report, 'least') <= 200 && bound(report, 'most') >= 200)
      assert.equal(report.verdict, 'pass')
    })

    test(
      'a clock 5 s behind, and the 200 ms on the way back only: the truth is between the bounds',
      { timeout: 100_000 },
      async t => {
        const report = await watched(t, -5000, [0, 200])
        assert.match(delayOf(report).observed, / behind this one, by \d+ questions/)
        const [least, most] = [bound(report, 'least'), bound(report, 'most')]
        assert.ok(least <= 201 && most >= 200 && most - least < 240, `${least} to ${most}`)
      },
    )

    test('without a clock to ask no delay is shown', { timeout: 100_000 }, async t => {
      const server = createServer((request, response) => {
        if (!request.url!.startsWith('/events')) {
          response.writeHead(404).end()
          return
        }
        response.writeHead(200, { 'Content-Type': 'text/event-stream' })
        const timer = setInterval(() => response.write(`data: {"ts":${Date.now()}.5}\n\n`), 100)
        response.on('close', () => clearInterval(timer))
      })
      await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
      t.after(() => server.close())
      const report = await runAt((server.address() as AddressInfo).port, { only: ['buffering'] })
      const { verdict, reason } = delayOf(report)
      assert.equal(verdict, 'skip')
      assert.match(reason, /this one is not known: \/time tells no time, as that of rtbench serve does$/)
      assert.deepEqual(
        Object.keys(report.metrics).filter(name => name.startsWith('push_latency')),
        [],
      )
    })
  },
)

test('the time of an event is found whatever its size', () => {
  const pad = 'x'.repeat(300_000)
  assert.equal(emissionTimeOf(`{"pad":"${pad}","seq":7,"ts":1700000000000.25}`), 1_700_000_000_000.25)
  assert.equal(emissionTimeOf(`1700000000000 ${pad}`), 1_700_000_000_000)
  assert.equal(emissionTimeOf(`{"pad":"${pad}"}`), null)
  assert.equal(emissionTimeOf('['.repeat(500_000)), null)
  assert.equal(emissionTimeOf(`{"a":${'['.repeat(500_000)}`), null)
})

test('the clock is asked beside the stream', () => {
  assert.equal(timePath('/tick/events?interval=1s'), '/time')
  assert.equal(timePath('/stage/events'), '/stage/time')
  assert.equal(timePath('/stage/tick/ws'), '/stage/time')
  assert.equal(timePath('/stream'), '/time')
})

import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import { startEndpoint } from '../../../src/endpoint/endpoint.ts'
import { seededRandom } from '../../../src/world/random.ts'
import { delayedRelay } from './delayed-relay.ts'
import { runHaproxy } from './proxies/haproxy.ts'
import { runNginx } from './proxies/nginx.ts'
import { freePorts, isInstalled } from './proxies/run-proxy.ts'
import { findingOf, runAt } from './run-at.ts'

async function throughNginx(t: TestContext, lines: string, words: Record<string, unknown> = {}) {
  const [port, origin] = await freePorts(2)
  const nginx = await runNginx(origin!, [{ port: port!, lines }])
  t.after(() => nginx.stop())
  return runAt(port!, { origin: `127.0.0.1:${origin}`, only: ['buffering'], ...words })
}

const lacks = (t: TestContext, program: string) => {
  if (isInstalled(program)) return false
  t.skip(`${program} is not installed`)
  return true
}

describe('rtbench proxy names what holds a stream back, and what mends it', { concurrency: 2 }, () => {
  test('a buffering nginx fails with the header that mends it, tried', { timeout: 120_000 }, async t => {
    if (lacks(t, 'nginx')) return
    const report = await throughNginx(t, '')
    const { text, fix, severity } = findingOf(report, 'buffering.size-buffer')
    assert.match(text, /^SIZE_BUFFER\(4 KiB\): the path buffers: events wait until 4 KiB have come together/)
    assert.match(fix, /^from the origin, tried in this run, makes it STREAM: send X-Accel-Buffering: no$/m)
    assert.match(fix, /^nginx: proxy_http_version 1.1; proxy_buffering off;$/m)
    assert.match(findingOf(report, 'hop').text, /the hop is nginx \(Server: nginx/)
    assert.deepEqual([severity, report.verdict], ['error', 'fail'])
    assert.ok(report.durationMs < 20_000)
  })

  test('where no header helps, the report says so and names the line', { timeout: 120_000 }, async t => {
    if (lacks(t, 'nginx')) return
    const report = await throughNginx(t, 'proxy_ignore_headers X-Accel-Buffering;')
    assert.match(
      findingOf(report, 'buffering.size-buffer').fix,
      /^nothing that the origin sends helps \(tried: X-Accel-Buffering: no, .*\); change the proxy:\nnginx: /,
    )
  })

  test('an nginx that does not buffer passes without a finding', { timeout: 120_000 }, async t => {
    if (lacks(t, 'nginx')) return
    const report = await throughNginx(t, 'proxy_buffering off;')
    assert.deepEqual(
      report.findings.map(({ id }) => id),
      ['hop'],
    )
    assert.equal(report.verdict, 'pass')
    const metric = report.metrics['push_latency{stream:identity-get-small}']
    assert.ok(metric?.type === 'histogram' && metric.count === 58)
  })

  test('HAProxy, which sends no header, is known by its 200 ms', { timeout: 120_000 }, async t => {
    if (lacks(t, 'haproxy')) return
    const [port, origin] = await freePorts(2)
    const haproxy = await runHaproxy(origin!, [{ port: port!, lines: '' }])
    t.after(() => haproxy.stop())
    const report = await runAt(port!, { origin: `127.0.0.1:${origin}`, only: ['buffering'] })
    const { text, fix } = findingOf(report, 'buffering.time-coalesce')
    const [, ms] = /^TIME_COALESCE\((\d+) ms\): the path holds events for up to \1 ms/.exec(text) ?? []
    assert.ok(Number(ms) >= 180 && Number(ms) <= 240, text)
    assert.match(fix, /HAProxy: option http-no-delay/)
    assert.match(findingOf(report, 'hop').text, /the hop is HAProxy/)
  })

  test('a proxy that does not lead to the origin is no verdict on buffering', { timeout: 120_000 }, async t => {
    if (lacks(t, 'nginx')) return
    const [origin] = await freePorts(1)
    const report = await throughNginx(t, 'return 502;', { origin: `127.0.0.1:${origin}` })
    assert.equal(report.verdict, 'unreachable')
    assert.match(report.failures[0]!.examples[0]!, /no request reached the origin \(the proxy answered HTTP 502/)
  })
})

describe('rtbench proxy watches an endpoint that emits by itself', { concurrency: 4 }, () => {
  test('directly it passes', { timeout: 120_000 }, async t => {
    const endpoint = await startEndpoint({})
    t.after(() => endpoint.close())
    const report = await runAt(endpoint.port, {}, '/tick/events?interval=100ms')
    assert.deepEqual([report.verdict, report.findings], ['pass', []])
  })

  test('with delay and jitter it passes', { timeout: 120_000 }, async t => {
    const endpoint = await startEndpoint({})
    const relay = await delayedRelay(endpoint.port, 200, 50, seededRandom(3))
    t.after(async () => {
      await relay.stop()
      await endpoint.close()
    })
    const report = await runAt(relay.port, {}, '/tick/events?interval=100ms')
    assert.deepEqual([report.verdict, report.findings], ['pass', []])
  })

  test('behind a buffering nginx it fails with the sentence an operator needs', { timeout: 120_000 }, async t => {
    if (lacks(t, 'nginx')) return
    const endpoint = await startEndpoint({})
    const [port] = await freePorts(1)
    const lines = 'proxy_ignore_headers X-Accel-Buffering;'
    const nginx = await runNginx(endpoint.port, [{ port: port!, lines }])
    t.after(async () => {
      await nginx.stop()
      await endpoint.close()
    })
    const path = '/tick/events?interval=200ms'
    const [held, full] = await Promise.all([
      runAt(port!, { direct: `http://127.0.0.1:${endpoint.port}${path}` }, path),
      runAt(port!, {}, '/tick/events?interval=50ms&size=700'),
    ])
    assert.match(
      findingOf(held, 'buffering.nothing').text,
      /^nothing came through, not even a response head within 9 s, while \d+ events came on the direct path: the path buffers/,
    )
    assert.match(findingOf(full, 'buffering.size-buffer').text, /^SIZE_BUFFER\(4 KiB\)/)
    assert.deepEqual([held.verdict, full.verdict], ['fail', 'fail'])
  })

  test('an address that is no event stream is refused', { timeout: 120_000 }, async t => {
    const endpoint = await startEndpoint({})
    t.after(() => endpoint.close())
    const report = await runAt(endpoint.port, {}, '/nowhere')
    assert.deepEqual(report.failures[0]!.examples, ['answered HTTP 404, not an event stream'])
    assert.equal(report.verdict, 'unreachable')
  })
})

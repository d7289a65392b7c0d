import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import { delayedRelay } from './delayed-relay.ts'
import { seededRandom } from '../../../src/world/random.ts'
import { runApache } from './proxies/apache.ts'
import { runHaproxy } from './proxies/haproxy.ts'
import { runNginx } from './proxies/nginx.ts'
import { freePorts, isInstalled } from './proxies/run-proxy.ts'
import { findingOf, runAt } from './run-at.ts'

const UPGRADE = 'proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";'
const only = ['upgrade', 'headers', 'poll']

async function throughNginx(t: TestContext, lines: string) {
  const [port, origin] = await freePorts(2)
  const nginx = await runNginx(origin!, [{ port: port!, lines }])
  t.after(() => nginx.stop())
  return runAt(port!, { origin: `127.0.0.1:${origin}`, only })
}

const lacks = (t: TestContext, program: string) => {
  if (isInstalled(program)) return false
  t.skip(`${program} is not installed`)
  return true
}

describe('rtbench proxy compares both ends', { concurrency: 4 }, () => {
  test('a clean nginx raises nothing', { timeout: 60_000 }, async t => {
    if (lacks(t, 'nginx')) return
    const report = await throughNginx(t, UPGRADE)
    const bad = report.checks.filter(({ verdict }) => verdict === 'fail' || verdict === 'error')
    assert.deepEqual(bad, [])
    assert.equal(report.verdict, 'pass')
    const observed = (id: string) => report.checks.find(check => check.id === `proxy.${id}`)?.observed
    assert.equal(observed('upgrade.close-code'), '4001 rtbench')
    assert.equal(observed('upgrade.ping'), 'arrived')
    assert.equal(observed('headers.version'), 'HTTP/1.1')
    assert.match(
      observed('poll.no-store')!,
      /^3 polls, 3 at the origin, answers \{"last":1\} \{"last":2\} \{"last":3\}$/,
    )
  })

  test('an nginx that strips Upgrade is found, with the lines that pass it on', { timeout: 60_000 }, async t => {
    if (lacks(t, 'nginx')) return
    const report = await throughNginx(t, '')
    const { text, fix } = findingOf(report, 'upgrade.stripped')
    assert.equal(text, 'WebSocket does not pass: the origin got HTTP/1.0 without Upgrade; the client got 426')
    assert.equal(
      fix,
      'nginx: proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";',
    )
    assert.equal(report.verdict, 'fail')
  })

  test('an nginx that drops Last-Event-ID is found, with the line that keeps it', { timeout: 60_000 }, async t => {
    if (lacks(t, 'nginx')) return
    const report = await throughNginx(t, `${UPGRADE} proxy_set_header Last-Event-ID "";`)
    const { text, fix } = findingOf(report, 'headers.last-event-id')
    assert.match(text, /last-event-id dropped: a client that comes back loses what it missed/)
    assert.equal(fix, 'nginx: proxy_set_header last-event-id $http_last_event_id;')
  })

  test('an nginx that caches the poll is found, with the header that mends it', { timeout: 60_000 }, async t => {
    if (lacks(t, 'nginx')) return
    const report = await throughNginx(t, `${UPGRADE} proxy_cache poll; proxy_cache_valid 200 10s;`)
    const { text, fix } = findingOf(report, 'poll.cached')
    assert.equal(text, 'polls are answered from a cache: 3 polls, 1 reached the origin')
    assert.match(
      fix,
      /^from the origin, tried in this run, mends it: send Cache-Control: no-store\nnginx: proxy_cache off;$/,
    )
  })

  test('a cache that ignores the origin is mended by its own line only', { timeout: 60_000 }, async t => {
    if (lacks(t, 'nginx')) return
    const ignoring = `${UPGRADE} proxy_cache poll; proxy_cache_valid 200 10s; proxy_ignore_headers Cache-Control;`
    const { fix } = findingOf(await throughNginx(t, ignoring), 'poll.cached')
    assert.match(fix, /^no header of the origin helps \(Cache-Control: no-store was tried\)/)
  })

  test('HAProxy and Apache pass WebSocket as they are configured here', { timeout: 60_000 }, async t => {
    if (lacks(t, 'haproxy') || lacks(t, 'apache2')) return
    const [first, second, third, ...origins] = await freePorts(6)
    const haproxy = await runHaproxy(origins[0]!, [{ port: first!, lines: '' }])
    const apache = await runApache(origins[1]!, [
      { port: second!, lines: 'ProxyPass / http://ORIGIN/ upgrade=websocket' },
    ])
    const strict = await runApache(origins[2]!, [{ port: third!, lines: 'ProxyPass / http://ORIGIN/' }])
    t.after(() => Promise.all([haproxy.stop(), apache.stop(), strict.stop()]))
    const [one, two, three] = await Promise.all(
      [first, second, third].map((port, index) =>
        runAt(port!, { origin: `127.0.0.1:${origins[index]}`, only: ['upgrade'] }),
      ),
    )
    assert.deepEqual([one!.verdict, two!.verdict], ['pass', 'pass'])
    assert.match(findingOf(three!, 'upgrade.stripped').text, /without Upgrade/)
  })

  test('a path with 200 ms of delay raises nothing', { timeout: 60_000 }, async t => {
    const [origin] = await freePorts(1)
    const relay = await delayedRelay(origin!, 200, 50, seededRandom(5))
    t.after(() => relay.stop())
    const report = await runAt(relay.port, { origin: `127.0.0.1:${origin}`, only })
    assert.deepEqual([report.verdict, report.findings], ['pass', []])
  })
})

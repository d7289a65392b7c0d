import assert from 'node:assert/strict'
import { describe, test, type TestContext } from 'node:test'
import { runHaproxy } from './proxies/haproxy.ts'
import { runNginx } from './proxies/nginx.ts'
import { freePorts, isInstalled } from './proxies/run-proxy.ts'
import { findingOf, runAtUrl } from './run-at.ts'

const CLEAN =
  'proxy_http_version 1.1; proxy_buffering off; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade"; proxy_read_timeout 6s;'

const lacks = (t: TestContext, program: string) => {
  if (isInstalled(program)) return false
  t.skip(`${program} is not installed`)
  return true
}

async function nginxFront(t: TestContext, lines: string) {
  const [port, origin] = await freePorts(2)
  const nginx = await runNginx(origin!, [{ port: port!, lines, tls: true }])
  t.after(() => nginx.stop())
  return { url: `https://127.0.0.1:${port}/events`, origin: `127.0.0.1:${origin}` }
}

describe('rtbench proxy goes through a front with TLS', { concurrency: 4 }, () => {
  test('every part passes with --cacert, and the idle timeout is found', { timeout: 100_000 }, async t => {
    if (lacks(t, 'nginx')) return
    const { url, origin } = await nginxFront(t, CLEAN)
    const only = ['upgrade', 'headers', 'poll', 'slow-consumer', 'idle']
    const report = await runAtUrl(url, { origin, only, cacert: 'ca.pem', idleMax: '8s' })
    if (report.verdict === 'invalid') {
      t.skip(report.validity.reasons.join())
      return
    }
    const bad = report.checks.filter(({ verdict }) => verdict === 'fail' || verdict === 'error')
    assert.deepEqual(bad, [])
    assert.equal(report.verdict, 'pass')
    const observed = (id: string) => report.checks.find(check => check.id === `proxy.${id}`)?.observed
    assert.equal(observed('upgrade.close-code'), '4001 rtbench')
    assert.match(observed('slow-consumer.backlog')!, /MiB fitted, then the origin was held: .* in the proxy's kernel/)
    assert.match(findingOf(report, 'idle.ws-timeout').text, /ends after (5|6)(\.\d+)? s/)
  })

  test('without trust it says why, in one sentence', { timeout: 60_000 }, async t => {
    if (lacks(t, 'nginx')) return
    const { url, origin } = await nginxFront(t, CLEAN)
    const report = await runAtUrl(url, { origin, only: ['headers'] })
    assert.equal(report.verdict, 'unreachable')
    assert.match(
      report.failures[0]!.examples[0]!,
      /^the certificate of 127\.0\.0\.1:\d+ is self-signed \(--cacert trusts it/,
    )
    const insecure = await runAtUrl(url, { origin, only: ['headers'], insecure: true })
    assert.equal(insecure.verdict, 'pass')
  })

  test('a head that only HTTP/2 keeps is mended by a comment, tried', { timeout: 100_000 }, async t => {
    if (lacks(t, 'nginx')) return
    const { url, origin } = await nginxFront(t, CLEAN)
    const report = await runAtUrl(url, { origin, only: ['buffering'], insecure: true })
    const { text, fix } = findingOf(report, 'buffering.headers-held')
    assert.match(text, /, only over HTTP\/2 \(/)
    assert.match(
      fix,
      /^from the origin, tried in this run, makes it STREAM: send a comment \(": open"\) right behind the head$/m,
    )
  })

  test('HAProxy with http-no-delay streams over both versions', { timeout: 100_000 }, async t => {
    if (lacks(t, 'haproxy')) return
    const [port, origin] = await freePorts(2)
    const haproxy = await runHaproxy(origin!, [{ port: port!, lines: 'option http-no-delay', tls: true }])
    t.after(() => haproxy.stop())
    const words = { origin: `127.0.0.1:${origin}`, only: ['buffering'], insecure: true }
    const report = await runAtUrl(`https://127.0.0.1:${port}/events`, words)
    assert.deepEqual(report.findings, [])
    assert.equal(report.checks.filter(({ id }) => id.startsWith('proxy.buffering.h2-')).length, 6)
  })
})

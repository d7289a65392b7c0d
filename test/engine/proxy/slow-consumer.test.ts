import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { openOrigin } from '../../../src/engine/proxy/origin/origin.ts'
import { fillPath, type FilledPath } from '../../../src/engine/proxy/slow-consumer/fill-path.ts'
import { runSlowConsumer, slowConsumerFindings } from '../../../src/engine/proxy/slow-consumer/run-slow-consumer.ts'
import type { Finding } from '../../../src/report/report.ts'
import { runNginx } from './proxies/nginx.ts'
import { freePorts, isInstalled } from './proxies/run-proxy.ts'
import { targetAt } from './target-at.ts'

async function fill(t: TestContext, lines: string | null): Promise<FilledPath> {
  const origin = await openOrigin({ host: '127.0.0.1', port: 0 })
  t.after(() => origin.close())
  let port = origin.port
  if (lines !== null) {
    port = (await freePorts(1))[0]!
    const nginx = await runNginx(origin.port, [{ port, lines }])
    t.after(() => nginx.stop())
  }
  const room = { config: null as never, target: targetAt(port), origin, stop: new AbortController().signal }
  const filled = await fillPath(room)
  if (typeof filled === 'string') throw new Error(filled)
  t.diagnostic(JSON.stringify(filled))
  return filled
}

/** The places make up the backlog, and all of it comes out again, within 10 %. */
function accountsForAll(filled: FilledPath): void {
  const { backlogBytes, originKernelBytes, clientKernelBytes, hopKernelBytes, hopDiskBytes, hopBytes } = filled
  const sum = originKernelBytes + clientKernelBytes + hopKernelBytes + (hopDiskBytes ?? 0) + hopBytes
  assert.ok(Math.abs(sum / backlogBytes - 1) <= 0.1, `${sum} of ${backlogBytes}`)
  assert.ok(Math.abs(filled.deliveredBytes / backlogBytes - 1) <= 0.1, `${filled.deliveredBytes} of ${backlogBytes}`)
}

test('directly the backlog of a slow client sits in two kernels', { timeout: 60_000 }, async t => {
  const filled = await fill(t, null)
  accountsForAll(filled)
  assert.equal(filled.how, 'blocked')
  assert.ok(filled.hopBytes <= filled.backlogBytes * 0.1, `${filled.hopBytes} of ${filled.backlogBytes}`)
})

test(
  'behind nginx without buffering the origin is held, and the kernels of both hops are full',
  { timeout: 60_000 },
  async t => {
    if (!isInstalled('nginx')) {
      t.skip('nginx is not installed')
      return
    }
    const filled = await fill(t, 'proxy_http_version 1.1; proxy_buffering off;')
    accountsForAll(filled)
    assert.equal(filled.how, 'blocked')
    assert.ok(filled.hopKernelBytes > 0)
  },
)

test('behind nginx with buffering all of it goes to its disk', { timeout: 60_000 }, async t => {
  if (!isInstalled('nginx')) {
    t.skip('nginx is not installed')
    return
  }
  const filled = await fill(t, 'proxy_http_version 1.1;')
  accountsForAll(filled)
  assert.equal(filled.how, 'absorbed')
  assert.ok((filled.hopDiskBytes ?? filled.hopBytes) > filled.backlogBytes / 2)
})

test('another client does not notice', { timeout: 60_000 }, async t => {
  const origin = await openOrigin({ host: '127.0.0.1', port: 0 })
  t.after(() => origin.close())
  const room = { config: null as never, target: targetAt(origin.port), origin, stop: new AbortController().signal }
  const result = await runSlowConsumer(room)
  const { checks } = result
  assert.deepEqual(
    checks.map(({ verdict }) => verdict),
    ['pass', 'pass'],
  )
  const [{ severity, text }, ...others] = slowConsumerFindings(result, { recipe: null, evidence: '', recipes: [] }) as [
    Finding,
  ]
  assert.deepEqual([severity, others], ['info', []])
  assert.match(text, /^the origin feels it when a client stops reading: [\d.]+ MiB fitted, then the origin was held: /)
})

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import path from 'node:path'
import { test } from 'node:test'
import { resolveProxy } from '../../../src/config/proxy-config.ts'
import { runNginx } from './proxies/nginx.ts'
import { freePorts, isInstalled } from './proxies/run-proxy.ts'

const program = path.resolve(import.meta.dirname, '../../../../bin/rtbench.js')
const CLEAN =
  'proxy_http_version 1.1; proxy_buffering off; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";'

function rtbench(args: string[]): Promise<{ code: number | null; out: string; tookMs: number }> {
  const startMs = performance.now()
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'ignore'] })
  let out = ''
  child.stdout.on('data', bytes => (out += String(bytes)))
  return new Promise(resolve => {
    child.on('close', code => resolve({ code, out, tookMs: performance.now() - startMs }))
  })
}

test('a buffering nginx exits 1 with the sentence, a clean one 0, each in under 20 s', { timeout: 90_000 }, async t => {
  if (!isInstalled('nginx')) {
    t.skip('nginx is not installed')
    return
  }
  const [buffering, clean, origin] = await freePorts(3)
  const nginx = await runNginx(origin!, [
    { port: buffering!, lines: '' },
    { port: clean!, lines: CLEAN },
  ])
  t.after(() => nginx.stop())
  const against = (port: number) =>
    rtbench(['proxy', `http://127.0.0.1:${port}/`, '--origin', `127.0.0.1:${origin}`, '--format', 'markdown'])
  const bad = await against(buffering!)
  const good = await against(clean!)
  assert.deepEqual([bad.code, good.code], [1, 0])
  assert.match(bad.out, /the path buffers: events wait until 4 KiB have come together/)
  assert.match(bad.out, /send X-Accel-Buffering: no/)
  assert.ok(bad.tookMs < 20_000 && good.tookMs < 20_000, `${bad.tookMs} ms and ${good.tookMs} ms`)
})

test('words that have no meaning together are refused', () => {
  const resolve = (given: Record<string, unknown>, url: string | undefined = 'http://127.0.0.1:1/') =>
    resolveProxy(url, given, () => '')
  assert.throws(() => resolveProxy(undefined, {}, () => ''), /needs the URL of an endpoint behind a proxy/)
  assert.throws(() => resolve({ only: ['idle'] }), /--only idle needs --origin/)
  assert.throws(() => resolve({ only: ['nothing'] }), /--only "nothing" names no part/)
  assert.throws(() => resolve({ idleMax: '10s' }), /--idle-max needs --origin/)
  assert.throws(() => resolve({ origin: '127.0.0.1:9', direct: 'http://127.0.0.1:2/' }), /exclude each other/)
  assert.throws(() => resolve({}, 'ws://127.0.0.1:1/'), /without --origin/)
  assert.deepEqual(resolve({ origin: '127.0.0.1:9', only: ['slow*'] }).parts, ['slow-consumer'])
  assert.deepEqual(resolve({}).parts, ['buffering', 'slow-consumer'])
})

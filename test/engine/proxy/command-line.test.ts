import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { connect } from 'node:net'
import path from 'node:path'
import { test } from 'node:test'
import { resolveProxy } from '../../../src/config/proxy-config.ts'
import { runNginx } from './proxies/nginx.ts'
import type { Report } from '../../../src/report/report.ts'
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
  const against = async (lines: string) => {
    const [port, origin] = await freePorts(2)
    const nginx = await runNginx(origin!, [{ port: port!, lines }])
    t.after(() => nginx.stop())
    return rtbench(['proxy', `http://127.0.0.1:${port}/`, '--origin', `127.0.0.1:${origin}`, '--format', 'markdown'])
  }
  const [bad, good] = await Promise.all([against(''), against(CLEAN)])
  if (bad.code === 3 || good.code === 3) {
    t.skip('this machine was too busy: the run said so and exited 3')
    return
  }
  assert.deepEqual([bad.code, good.code], [1, 0])
  assert.match(bad.out, /the path buffers: events wait until 4 KiB have come together/)
  assert.match(bad.out, /send X-Accel-Buffering: no/)
  assert.ok(bad.tookMs < 20_000 && good.tookMs < 20_000, `${bad.tookMs} ms and ${good.tookMs} ms`)
})

test('words that have no meaning together are refused', () => {
  const resolve = (given: Record<string, unknown>, url: string | undefined = 'http://127.0.0.1:1/') =>
    resolveProxy(url, given, () => '')
  assert.throws(
    () => resolveProxy(undefined, { origin: '127.0.0.1:1' }, () => ''),
    /needs the URL of an endpoint behind a proxy/,
  )
  assert.throws(() => resolve({ only: ['idle'] }), /--only idle needs --origin/)
  assert.throws(() => resolve({ only: ['nothing'] }), /--only "nothing" names no part/)
  assert.throws(() => resolve({ idleMax: '10s' }), /--idle-max needs --origin/)
  assert.throws(() => resolve({ origin: '127.0.0.1:9', direct: 'http://127.0.0.1:2/' }), /exclude each other/)
  assert.throws(() => resolve({}, 'ws://127.0.0.1:1/'), /without --origin/)
  assert.deepEqual(resolve({ origin: '127.0.0.1:9', only: ['slow*'] }).parts, ['slow-consumer'])
  assert.deepEqual(resolve({}).parts, ['buffering', 'slow-consumer'])
})

test('an interrupt reports the parts that are done and how long silence was watched', { timeout: 60_000 }, async () => {
  const [port] = await freePorts(1)
  const args = [
    'proxy',
    `http://127.0.0.1:${port}/`,
    '--origin',
    `127.0.0.1:${port}`,
    '--only',
    'headers',
    '--idle-max',
    '90s',
  ]
  const child = spawn(process.execPath, [program, ...args, '--only', 'idle', '--json'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let out = ''
  child.stdout.on('data', bytes => (out += String(bytes)))
  const closed = new Promise<number | null>(resolve => {
    child.on('close', resolve)
  })
  while (!(await isListening(port!))) await new Promise(resolve => setTimeout(resolve, 50))
  await new Promise(resolve => setTimeout(resolve, 4000))
  child.kill('SIGINT')
  assert.equal(await closed, 130)
  const report = JSON.parse(out) as Report
  assert.equal(report.interrupted, 'SIGINT')
  const check = (id: string) => report.checks.find(one => one.id === `proxy.${id}`)
  assert.equal(check('headers.request')?.verdict, 'pass')
  assert.match(check('idle.sse-silent')!.observed, /^open after \d[\d.]* s$/)
  assert.match(check('idle.ws-black-hole')!.reason, /^interrupted/)
})

function isListening(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
}

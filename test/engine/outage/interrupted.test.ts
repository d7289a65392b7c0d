// Ctrl-C in the midst of an outage: what was measured is written, and nobody is left behind.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { WebSocketServer } from 'ws'
import type { Report } from '../../../src/report/report.ts'
import { RTBENCH } from '../../cli/run-rtbench.ts'
import { valueOf } from './run.ts'

const CLIENTS = 20

const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').trim().split(' ').filter(Boolean).map(Number)

test('SIGINT while the service is down: a partial report, exit 130, nothing left running', async t => {
  if (!existsSync('/proc/self/task')) return t.skip('finds its children in /proc')
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await once(server, 'listening')
  const folder = mkdtempSync(path.join(tmpdir(), 'rtbench-outage-'))
  t.after(() => {
    for (const client of server.clients) client.terminate()
    server.close()
    rmSync(folder, { recursive: true })
  })
  let gone = 0
  const isDown = new Promise<void>(resolve =>
    server.on('connection', client => client.on('close', () => ++gone === CLIENTS && resolve())),
  )
  const file = path.join(folder, 'result.json')
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const words = ['outage', url, '-c', String(CLIENTS), '--policy', 'fixed:delay=100ms', '--down', '60s', '-o', file]
  const child = spawn(process.execPath, [RTBENCH, ...words], { stdio: ['ignore', 'pipe', 'pipe'] })
  t.after(() => child.kill('SIGKILL'))
  let text = ''
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part))
  child.stderr.resume()
  await isDown
  await new Promise(resolve => setTimeout(resolve, 500))
  const children = childrenOf(child.pid!)
  assert.ok(children.length >= 2, 'a worker and a gate')
  const stoppedAt = performance.now()
  child.kill('SIGINT')
  const [code] = (await once(child, 'close')) as [number]
  assert.equal(code, 130)
  const tookMs = performance.now() - stoppedAt
  assert.ok(tookMs < 8000, `it took ${tookMs} ms to stop`)
  const report = JSON.parse(readFileSync(file, 'utf8')) as Report
  assert.equal(report.interrupted, 'SIGINT')
  assert.ok(valueOf(report, 'reconnect_attempts')! >= CLIENTS)
  assert.equal(valueOf(report, 'clients_back'), 0)
  assert.match(text, /20 clients of fixed:delay=100ms were not\s+back when the run was stopped/)
  for (const pid of children) assert.equal(existsSync(`/proc/${pid}`), false, `process ${pid} is left`)
})

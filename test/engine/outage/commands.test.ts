// A real server taken down and brought up by commands.
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestContext } from 'node:test'
import { test } from 'node:test'
import { runWords, valueOf } from './run.ts'

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

function folderFor(t: TestContext): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'rtbench-outage-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return folder
}

// A process whose parent is gone may stay in the table as a zombie, where nobody collects it.
const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0)
    const status = `/proc/${pid}/status`
    return !existsSync(status) || !/^State:\s+Z/m.test(readFileSync(status, 'latin1'))
  } catch {
    return false
  }
}

async function untilWritten(file: string): Promise<number> {
  for (let tries = 0; tries < 500; tries += 1) {
    if (existsSync(file) && readFileSync(file, 'utf8').trim() !== '') return Number(readFileSync(file, 'utf8'))
    await new Promise(resolve => setTimeout(resolve, 20))
  }
  return assert.fail(`${file} was not written`)
}

test('a ws server is killed and started again; what was started is ended with the run', async t => {
  const folder = folderFor(t)
  const port = await freePort()
  const pidFile = path.join(folder, 'pid')
  const script = path.join(folder, 'server.cjs')
  const ws = path.resolve(import.meta.dirname, '../../../../node_modules/ws')
  writeFileSync(
    script,
    `const { WebSocketServer } = require(${JSON.stringify(ws)})
    new WebSocketServer({ port: ${port}, host: '127.0.0.1' }, () =>
      require('node:fs').writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)))`,
  )
  const first = spawn(process.execPath, [script], { stdio: 'ignore' })
  const firstPid = await untilWritten(pidFile)
  t.after(() => first.kill('SIGKILL'))
  const report = await runWords(`ws://127.0.0.1:${port}/`, {
    connections: '30',
    policy: ['fixed:delay=500ms'],
    down: '1s',
    horizon: '30s',
    downCmd: `kill -9 $(cat ${pidFile})`,
    upCmd: `${process.execPath} ${script}`,
  })
  assert.equal(valueOf(report, 'clients_back'), 30)
  assert.ok(valueOf(report, 'recovery_t100')! < 15_000)
  const secondPid = Number(readFileSync(pidFile, 'utf8'))
  assert.notEqual(secondPid, firstPid)
  assert.equal(isAlive(firstPid), false)
  assert.equal(isAlive(secondPid), false, 'the server of --up-cmd is still running')
})

test('a server that never answers is unreachable, and its commands are not run', async t => {
  const server = createServer(socket => socket.on('error', () => {})).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  t.after(() => server.close())
  const marker = path.join(folderFor(t), 'ran')
  const report = await runWords(`ws://127.0.0.1:${port}/`, {
    connections: '2',
    timeout: '300ms',
    down: '0s',
    horizon: '1s',
    downCmd: `touch ${marker}`,
    upCmd: `touch ${marker}`,
  })
  assert.equal(report.verdict, 'unreachable')
  assert.equal(existsSync(marker), false)
})

test('a server that its command does not bring back makes the run unreachable, and the finding says so', async t => {
  const server = createServer(socket => socket.on('error', () => {}).once('data', answer))
  const open = new Set<Socket>()
  // Enough of a WebSocket server: the handshake, then silence.
  function answer(this: Socket, request: Buffer) {
    open.add(this)
    const key = /^Sec-WebSocket-Key: (.*)\r$/m.exec(request.toString('latin1'))![1]!
    const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
    this.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    )
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const marker = path.join(folderFor(t), 'down')
  const watching = setInterval(() => {
    if (!existsSync(marker)) return
    clearInterval(watching)
    server.close()
    for (const socket of open) socket.destroy()
  }, 20)
  t.after(() => {
    clearInterval(watching)
    server.close()
  })
  const words = { connections: '4', policy: ['fixed:delay=200ms'], down: '500ms', horizon: '1s' }
  const report = await runWords(`ws://127.0.0.1:${port}/`, { ...words, downCmd: `touch ${marker}`, upCmd: 'true' })
  assert.equal(report.verdict, 'unreachable')
  assert.ok(report.findings.some(({ id }) => id === 'outage.not-restored'))
  assert.equal(valueOf(report, 'outage_duration'), null)
  assert.equal(valueOf(report, 'predicted_recovery_t95'), null)
})

test('a target that is not there is told as such, not as the gate before it looks', async () => {
  const port = await freePort()
  const report = await runWords(`ws://127.0.0.1:${port}/`, { connections: '2', control: '1' })
  assert.equal(report.verdict, 'unreachable')
  assert.deepEqual(
    report.failures.map(({ class: name, count, examples }) => [name, count, examples]),
    [['not-opened', 3, [`connection refused: nothing listens on 127.0.0.1:${port}`]]],
  )
})

const NCHAN = '/usr/lib/nginx/modules/ngx_nchan_module.so'

test('nginx with nchan is killed and started again', async t => {
  if (!existsSync(NCHAN)) return t.skip('nginx with nchan is not installed')
  const folder = folderFor(t)
  const port = await freePort()
  const config = path.join(folder, 'nginx.conf')
  const pidFile = path.join(folder, 'nginx.pid')
  writeFileSync(
    config,
    `load_module ${NCHAN}; pid ${pidFile}; error_log ${folder}/error.log; worker_processes 1;
    events { worker_connections 500; }
    http { access_log off; client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy;
      fastcgi_temp_path ${folder}/fastcgi; uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
      server { listen 127.0.0.1:${port};
        location = /sub { nchan_subscriber websocket; nchan_channel_id main; }
        location = /pub { nchan_publisher; nchan_channel_id main; } } }`,
  )
  const start = `nginx -c ${config} -g 'daemon off;'`
  const first = spawn('/bin/sh', ['-c', `exec ${start}`], { stdio: 'ignore' })
  const firstPid = await untilWritten(pidFile)
  t.after(() => first.kill('SIGKILL'))
  const workersOf = (pid: number) => {
    try {
      return execFileSync('pgrep', ['-P', String(pid)])
        .toString()
        .split('\n')
        .filter(Boolean)
        .map(Number)
    } catch {
      return []
    }
  }
  const report = await runWords(`ws://127.0.0.1:${port}/sub`, {
    connections: '30',
    policy: ['fixed:delay=500ms'],
    down: '1s',
    horizon: '30s',
    publish: `http://127.0.0.1:${port}/pub`,
    messageEvery: '200ms',
    downCmd: `kill -9 $(cat ${pidFile}) $(pgrep -P $(cat ${pidFile}))`,
    upCmd: start,
  })
  assert.equal(valueOf(report, 'clients_back'), 30)
  assert.equal(isAlive(firstPid), false)
  const secondPid = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : 0
  assert.equal(secondPid !== 0 && isAlive(secondPid), false)
  assert.deepEqual(workersOf(firstPid), [])
})

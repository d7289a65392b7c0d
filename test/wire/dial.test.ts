import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import test, { type TestContext } from 'node:test'
import { createServer as createTlsServer } from 'node:tls'
import { selfSignedCertificate } from '../../src/endpoint/certificate.ts'
import { loadConfig, type LoadWords } from '../../src/index.ts'
import { Wire, type WireRoom } from '../../src/wire/dial.ts'
import type { Failure } from '../../src/wire/failure.ts'
import { createResolver } from '../../src/wire/resolve.ts'
import { routeOf } from '../../src/wire/route.ts'
import { freePort } from '../servers/external.ts'
import { scripted } from '../servers/scripted.ts'

const room = (): WireRoom => ({
  readBuffer: Buffer.alloc(1024),
  resolve: createResolver(),
  localAddress: () => undefined,
  bytes: { received: 0, sent: 0, reads: 0, fullReads: 0 },
  turn: () => performance.now(),
})

class Probe extends Wire {
  text = ''
  endings: (Failure | null)[] = []
  readonly ended_: Promise<Failure | null>
  private settle: (failure: Failure | null) => void = () => {}

  constructor(wire: WireRoom) {
    super(wire, 0)
    this.ended_ = new Promise(resolve => {
      this.settle = resolve
    })
  }

  protected ready(): void {
    this.write(Buffer.from('hello'))
  }

  protected read(buffer: Buffer, bytes: number): void {
    this.text += buffer.toString('latin1', 0, bytes)
    this.end()
  }

  protected ended(failure: Failure | null): void {
    this.endings.push(failure)
    this.settle(failure)
  }
}

async function dial(url: string, words: LoadWords = {}) {
  const { target } = loadConfig({ url, ...words })
  const wire = room()
  const probe = new Probe(wire)
  probe.dial(routeOf(target, target.url!)!.dial, undefined)
  const failure = await probe.ended_
  await new Promise(resolve => setTimeout(resolve, 20))
  assert.equal(probe.endings.length, 1, 'ended comes once')
  return { failure, probe, wire }
}

const greeting = (t: TestContext) =>
  scripted(t, async connection => {
    await connection.take('hello')
    connection.write('welcome')
    await connection.gone
    connection.socket.end()
  })

test('bytes go out and come back, both counted, and the times are there', async t => {
  const { host } = await greeting(t)
  const { failure, probe, wire } = await dial(`ws://${host}/`)
  assert.equal(failure, null)
  assert.equal(probe.text, 'welcome')
  assert.deepEqual([wire.bytes.sent, wire.bytes.received], [5, 7])
  const { dnsMs, tcpMs, tlsMs } = probe.times!
  assert.deepEqual([dnsMs, tlsMs], [null, null])
  assert.ok(tcpMs! > 0)
})

test('a closed port is refused', async () => {
  const { failure } = await dial(`ws://127.0.0.1:${await freePort()}/`)
  assert.equal(failure?.kind, 'refused')
})

test('a reset is told as such', async t => {
  const { host } = await scripted(t, async connection => {
    await connection.take('hello')
    connection.socket.resetAndDestroy()
  })
  assert.equal((await dial(`ws://${host}/`)).failure?.kind, 'reset')
})

test('a name that does not exist', async () => {
  assert.equal((await dial('ws://nowhere.invalid/')).failure?.kind, 'dns')
})

test('localhost is resolved, once for all', async t => {
  const { port } = await greeting(t)
  const { failure, probe } = await dial(`ws://localhost:${port}/`)
  assert.equal(failure, null)
  assert.ok(probe.times!.dnsMs! >= 0)
})

test('--connect-to leads elsewhere', async t => {
  const { host } = await greeting(t)
  const { failure, probe } = await dial('ws://example.test/', { connectTo: host })
  assert.equal(failure, null)
  assert.equal(probe.text, 'welcome')
})

test('--unix-socket', async t => {
  const folder = mkdtempSync(path.join(tmpdir(), 'rtbench-unix-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const file = path.join(folder, 'socket')
  const server = createServer(socket => void socket.on('data', () => socket.end('welcome')))
  t.after(() => server.close())
  await once(server.listen(file), 'listening')
  const { probe, wire } = await dial('ws://example.test/', { unixSocket: file })
  assert.equal(probe.text, 'welcome')
  assert.equal(wire.bytes.received, 7)
  const gone = await dial('ws://example.test/', { unixSocket: `${file}-not` })
  assert.equal(gone.failure?.kind, 'refused')
})

test('TLS: trusted or not, its time is a part of its own', async t => {
  const { cert, key } = selfSignedCertificate({ names: ['127.0.0.1'] })
  const server = createTlsServer({ cert, key }, socket => {
    socket.on('error', () => {})
    socket.on('data', () => socket.end('welcome'))
  })
  t.after(() => server.close())
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as { port: number }
  const untrusted = await dial(`wss://127.0.0.1:${port}/`)
  assert.equal(untrusted.failure?.kind, 'tls-untrusted')
  assert.equal(untrusted.wire.bytes.sent, 0)
  const { failure, probe } = await dial(`wss://127.0.0.1:${port}/`, { insecure: true })
  assert.equal(failure, null)
  assert.equal(probe.text, 'welcome')
  assert.ok(probe.times!.tlsMs! > 0)
})

test('an abort before the connect ends it, too', async () => {
  const { target } = loadConfig({ url: 'ws://127.0.0.1:9/' })
  const probe = new Probe(room())
  probe.dial(routeOf(target, target.url!)!.dial, undefined)
  probe.abort({ kind: 'timeout', text: 'enough' })
  assert.deepEqual(await probe.ended_, { kind: 'timeout', text: 'enough' })
})

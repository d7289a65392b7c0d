// Counts of the report against what a server in this process saw, or what the fault makes of every client.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import { test } from 'node:test'
import type { WebSocket } from 'ws'
import { WebSocketServer } from 'ws'
import { now } from '../../../src/world/clock.ts'
import { startReplayServer } from './replay-server.ts'
import { runWords, valueOf } from './run.ts'

const CLIENTS = 10
const WORDS = { connections: String(CLIENTS), horizon: '20s', workers: '1' }
const DELIVERY_MS = 60
/** Connections that end sooner are thrash. */
const SHORT_MS = 5000

interface Seen {
  url: string
  opened: number
  /** How long each connection lasted that has ended. */
  lasted: number[]
}

/** WebSockets that get what is posted, so much later. `closed` sees each end with those that are still open. */
async function startServer(t: TestContext, closed: (seen: Seen, open: Set<WebSocket>) => void = () => {}) {
  const http = createServer((request, response) => {
    let body = ''
    request.on('data', bytes => (body += String(bytes)))
    request.on('end', () => {
      response.end()
      setTimeout(() => {
        for (const client of sockets.clients) client.send(body)
      }, DELIVERY_MS)
    })
  })
  const sockets = new WebSocketServer({ server: http })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const { port } = http.address() as AddressInfo
  const seen: Seen = { url: `ws://127.0.0.1:${port}/`, opened: 0, lasted: [] }
  sockets.on('connection', socket => {
    const openedAt = now()
    seen.opened += 1
    socket.on('error', () => {})
    socket.on('close', () => {
      seen.lasted.push(now() - openedAt)
      closed(seen, sockets.clients)
    })
  })
  t.after(() => {
    for (const client of sockets.clients) client.terminate()
    http.close()
  })
  return seen
}

test('connections of the control group that the server drops in the outage are collateral, and no others', async t => {
  const server = await startServer(t, ({ lasted }, open) => {
    // The herd is gone: who is still there belongs to the control group.
    if (lasted.length === CLIENTS) for (const client of [...open].slice(0, 2)) client.terminate()
  })
  const report = await runWords(server.url, { ...WORDS, control: '4', policy: ['fixed:delay=300ms'], down: '1s' })
  assert.equal(valueOf(report, 'control_dropped'), 2)
  assert.equal(valueOf(report, 'clients_back'), CLIENTS)
  assert.ok(report.findings.some(({ id, text }) => id === 'outage.collateral' && text.startsWith('2 connections')))
})

test('the control group measures the delivery, and the silence of the others is their time away', async t => {
  const server = await startServer(t)
  const words = { ...WORDS, control: '2', policy: ['fixed:delay=1500ms'], down: '1s', messageEvery: '100ms' }
  const report = await runWords(server.url, { ...words, publish: server.url.replace('ws', 'http') })
  const [latency, silence] = [valueOf(report, 'control_latency_p99')!, valueOf(report, 'longest_silence')!]
  assert.ok(latency >= DELIVERY_MS - 5 && latency <= DELIVERY_MS + 500, `delivery in ${latency} ms`)
  // From the last message before the cut to the first after the only attempt.
  assert.ok(silence >= 1500 && silence <= 1500 + 2 * 100 + 700, `silence of ${silence} ms`)
})

test('session thrash counts the opens and the short ones as the server does', async t => {
  const server = await startServer(t)
  const words = { ...WORDS, control: '1', policy: ['fixed:delay=300ms'], fault: 'flap', down: '3s' }
  const report = await runWords(server.url, words)
  const { session_thrash: thrash } = report.metrics
  assert.ok(thrash?.type === 'rate')
  // Before the cut there was one for each client and one for the control group; after it the last of each stays open.
  assert.equal(thrash.total, server.opened - CLIENTS - 1)
  assert.equal(thrash.hits, thrash.total! - CLIENTS)
  assert.ok(thrash.hits! >= 4 * CLIENTS, `${thrash.hits} short connections`)
  assert.equal(server.lasted.filter(ms => ms < SHORT_MS).length >= thrash.hits!, true)
  assert.ok(report.findings.some(({ id }) => id === 'outage.flapping'))
})

test('who is on a silent connection and does not notice is stuck, not back', async () => {
  const words = { ...WORDS, control: '1', fault: 'half-open', down: '1s', horizon: '2s', messageEvery: '200ms' }
  const report = await runWords(null, words)
  assert.deepEqual([valueOf(report, 'stuck'), valueOf(report, 'clients_back')], [CLIENTS, 0])
  assert.equal(valueOf(report, 'reconnect_attempts'), 0)
  assert.ok(report.findings.some(({ id }) => id === 'outage.stuck'))
})

test('failed attempts have their class, and their number is that of the attempts that did not open', async () => {
  const words = { ...WORDS, control: '1', policy: ['fixed:delay=300ms'], fault: 'http-503', down: '1500ms' }
  const report = await runWords(null, words)
  const attempts = valueOf(report, 'reconnect_attempts')!
  const failed = attempts - CLIENTS
  assert.ok(failed >= 3 * CLIENTS, `${failed} failed`)
  assert.deepEqual(
    report.failures.map(({ class: name, count }) => [name, count]),
    [['http-status', failed]],
  )
  assert.equal(valueOf(report, 'failed_attempts_mean'), failed / CLIENTS)
  assert.equal(valueOf(report, 'amplification'), attempts / CLIENTS)
})

test('a policy that tries twice gives up in an outage that is longer', async () => {
  const report = await runWords(null, { ...WORDS, control: '1', policy: ['mcp-ts'], down: '4s' })
  assert.equal(valueOf(report, 'gave_up'), CLIENTS)
  assert.equal(valueOf(report, 'reconnect_attempts'), 2 * CLIENTS)
  assert.ok(report.findings.some(({ id, text }) => id === 'outage.gave-up' && text.includes('exhausted')))
})

test('a replay with the newest first is out of order, and neither lost nor twice', async t => {
  const { url, missed } = await startReplayServer(t, 'newest-first')
  const words = { ...WORDS, transport: 'sse', control: '1', policy: ['fixed:delay=500ms'], down: '1s' }
  const report = await runWords(url, { ...words, publish: url, messageEvery: '100ms' })
  assert.ok(missed() >= 5 * CLIENTS, `${missed()} messages in the gaps`)
  assert.ok(valueOf(report, 'msgs_sent')! * CLIENTS >= valueOf(report, 'msgs_received')!)
  // The newest of each gap is the next that its client has to expect; every other one comes after a later one.
  assert.equal(valueOf(report, 'msgs_reordered'), missed() - CLIENTS)
  assert.deepEqual([valueOf(report, 'msgs_lost'), valueOf(report, 'msgs_duplicated')], [0, 0])
})

test('long polls continue where they were before the outage', async () => {
  const words = { ...WORDS, transport: 'poll', control: '1', policy: ['fixed:delay=500ms'], down: '1s' }
  const report = await runWords(null, { ...words, messageEvery: '200ms' })
  assert.equal(valueOf(report, 'clients_back'), CLIENTS)
  // The endpoint keeps a history, and the cursor of a poll names what came last.
  assert.deepEqual([valueOf(report, 'msgs_lost'), valueOf(report, 'msgs_duplicated')], [0, 0])
  const t100 = valueOf(report, 'recovery_t100')!
  assert.ok(t100 >= 0 && t100 < 5000, `all back after ${t100} ms`)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openEventStream } from './event-stream.ts'
import { openWebSocket, withEndpoint } from './with-endpoint.ts'

interface Tick {
  seq: number
  ts: number
}

const tickOf = (data: Buffer) => JSON.parse(data.toString()) as Tick

test('ticks count up and carry times that are exactly an interval apart', async t => {
  const endpoint = await withEndpoint(t)
  const { next } = await openWebSocket(t, endpoint.url('/tick/ws?interval=20ms', 'ws'))
  let previous = tickOf((await next()).data)
  assert.ok(Math.abs(previous.ts - Date.now()) < 5000)
  for (let round = 0; round < 10; round++) {
    const tick = tickOf((await next()).data)
    assert.equal(tick.seq, previous.seq + 1)
    // The fraction of the wall clock is printed with three digits.
    assert.ok(Math.abs(tick.ts - previous.ts - 20) < 0.1, `${tick.ts - previous.ts}`)
    previous = tick
  }
})

test('an emitter that was kept from running makes up for it with the times it should have sent at', async t => {
  const endpoint = await withEndpoint(t)
  const { next } = await openWebSocket(t, endpoint.url('/tick/ws?interval=10ms', 'ws'))
  const first = tickOf((await next()).data)
  const blockedUntil = Date.now() + 200
  while (Date.now() < blockedUntil);
  for (let at = 1; at <= 25; at++) {
    const tick = tickOf((await next()).data)
    assert.equal(tick.seq, first.seq + at)
    assert.ok(Math.abs(tick.ts - first.ts - at * 10) < 0.5)
  }
})

test('the data has the size asked for', async t => {
  const endpoint = await withEndpoint(t, { tickMs: 10 })
  const { next } = await openWebSocket(t, endpoint.url('/tick/ws?size=300', 'ws'))
  const { data } = await next()
  assert.equal(data.length, 300)
  assert.equal(tickOf(data).seq, 1)
})

test('SSE and long polling carry the same ticks, resumable by their number', async t => {
  const endpoint = await withEndpoint(t, { tickMs: 10 })
  const stream = await openEventStream(t, endpoint.url('/tick/events'))
  await stream.block()
  for (let seq = 1; seq <= 3; seq++) assert.match(await stream.block(), new RegExp(`^id: ${seq}\ndata: {"seq":${seq},`))
  const polled = await fetch(endpoint.url('/tick/messages?since=1'))
  const { messages } = (await polled.json()) as { messages: { id: number; data: string }[] }
  assert.equal(messages[0]?.id, 2)
  assert.equal((JSON.parse(messages[0].data) as Tick).seq, 2)
})

test('intervals and sizes out of range are refused, and so are too many of them', async t => {
  const endpoint = await withEndpoint(t)
  for (const query of ['interval=100', 'interval=1ms', 'interval=2h', 'size=-1', 'size=65537']) {
    assert.equal((await fetch(endpoint.url(`/tick/events?${query}`))).status, 400, query)
  }
  const statuses: number[] = []
  for (let at = 0; at < 17; at++) {
    statuses.push((await fetch(endpoint.url(`/tick/events?interval=${at + 1}s`), { method: 'HEAD' })).status)
  }
  assert.deepEqual(statuses, [...Array.from({ length: 16 }, () => 200), 503])
})

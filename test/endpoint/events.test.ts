import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { EventSource } from 'eventsource'
import type { Endpoint } from '../../src/endpoint/endpoint.ts'
import { openEventStream } from './event-stream.ts'
import { rawConnection } from './raw-connection.ts'
import { relay } from './relay.ts'
import { beforeClose, publish, withEndpoint } from './with-endpoint.ts'

test('the head of a quiet stream comes at once and says all that proxies and browsers need', async t => {
  const endpoint = await withEndpoint(t)
  const { response } = await openEventStream(t, endpoint.url('/events'))
  assert.equal(response.status, 200)
  assert.equal(response.headers.get('content-type'), 'text/event-stream')
  assert.equal(response.headers.get('cache-control'), 'no-cache, no-transform')
  assert.equal(response.headers.get('x-accel-buffering'), 'no')
  assert.equal(response.headers.get('vary'), 'Origin')
  assert.equal(response.headers.get('content-length'), null)
})

test('the stream begins with the time to wait before coming back', async t => {
  const endpoint = await withEndpoint(t, { retryMs: 1234 })
  const stream = await openEventStream(t, endpoint.url('/events'))
  assert.equal(await stream.block(), 'retry: 1234')
})

test('a message is one event with its id, whatever line ends are in it', async t => {
  const endpoint = await withEndpoint(t)
  const stream = await openEventStream(t, endpoint.url('/events'))
  await stream.block()
  await publish(endpoint, 'one\ndata: two\r\nevent: three\rid: 9')
  assert.equal(await stream.block(), 'id: 1\ndata: one\ndata: data: two\ndata: event: three\ndata: id: 9')
  await publish(endpoint, '')
  assert.equal(await stream.block(), 'id: 2\ndata: ')
  await publish(endpoint, Buffer.from('ff00', 'hex'))
  assert.equal(await stream.block(), 'id: 3\nevent: binary\ndata: /wA=')
})

test('Last-Event-ID resumes without loss or repetition, the same way each time', async t => {
  const endpoint = await withEndpoint(t)
  for (const body of ['one', 'two', 'three']) await publish(endpoint, body)
  for (let round = 0; round < 2; round++) {
    const stream = await openEventStream(t, endpoint.url('/events'), { 'Last-Event-ID': '1' })
    assert.equal(await stream.block(), 'retry: 2000')
    assert.equal(await stream.block(), 'id: 2\ndata: two')
    assert.equal(await stream.block(), 'id: 3\ndata: three')
  }
})

test('?lastEventId= resumes too, and the header wins over it', async t => {
  const endpoint = await withEndpoint(t)
  for (const body of ['one', 'two', 'three']) await publish(endpoint, body)
  const byQuery = await openEventStream(t, endpoint.url('/events?lastEventId=0'))
  await byQuery.block()
  assert.equal(await byQuery.block(), 'id: 1\ndata: one')
  const byHeader = await openEventStream(t, endpoint.url('/events?lastEventId=0'), { 'Last-Event-ID': '2' })
  await byHeader.block()
  assert.equal(await byHeader.block(), 'id: 3\ndata: three')
})

test('an id that cannot be placed gets a reset without id, then everything kept', async t => {
  const endpoint = await withEndpoint(t, { historySize: 2 })
  for (const body of ['one', 'two', 'three', 'four']) await publish(endpoint, body)
  for (const id of ['garbage', '99', '1', '-1', '1e0', '\u00e9']) {
    const stream = await openEventStream(t, endpoint.url('/events'), { 'Last-Event-ID': id })
    await stream.block()
    assert.equal(await stream.block(), 'event: reset\ndata: {"oldest":3,"last":4}')
    assert.equal(await stream.block(), 'id: 3\ndata: three')
    assert.equal(await stream.block(), 'id: 4\ndata: four')
  }
})

test('a quiet stream gets comments', async t => {
  const endpoint = await withEndpoint(t, { heartbeatMs: 40 })
  const stream = await openEventStream(t, endpoint.url('/events'))
  await stream.block()
  assert.equal(await stream.block(), ': heartbeat')
  assert.equal(await stream.block(), ': heartbeat')
})

test('HEAD ends at once with the head of the stream', async t => {
  const endpoint = await withEndpoint(t)
  const response = await fetch(endpoint.url('/events'), { method: 'HEAD' })
  assert.equal(response.headers.get('content-type'), 'text/event-stream')
  assert.equal(await response.text(), '')
  assert.deepEqual(open(endpoint).events, 0)
})

test('other methods are refused with what is allowed', async t => {
  const endpoint = await withEndpoint(t)
  const response = await fetch(endpoint.url('/events'), { method: 'POST', body: 'x' })
  assert.equal(response.status, 405)
  assert.equal(response.headers.get('allow'), 'GET, HEAD, OPTIONS')
})

test('an HTTP/1.0 client gets events without chunks', async t => {
  const endpoint = await withEndpoint(t)
  const connection = await rawConnection(t, endpoint.port)
  connection.socket.write('GET /events HTTP/1.0\r\n\r\n')
  await connection.until(text => text.endsWith('\r\n\r\nretry: 2000\n\n'))
  await publish(endpoint, 'one')
  const text = await connection.until(received => received.endsWith('\n\nid: 1\ndata: one\n\n'))
  assert.match(text, /^Connection: close\r$/m)
  assert.doesNotMatch(text, /^Transfer-Encoding/im)
})

test('a real EventSource comes back after an outage and misses nothing', async t => {
  const endpoint = await withEndpoint(t, { retryMs: 20 })
  const outside = await relay(t, endpoint.port)
  const source = new EventSource(`http://127.0.0.1:${outside.port}/events`)
  beforeClose(t, () => source.close())
  const received: string[] = []
  source.addEventListener('message', event => received.push(`${event.lastEventId} ${event.data}`))
  await once(source as EventTarget, 'open')
  await publish(endpoint, 'one')
  while (received.length < 1) await once(source as EventTarget, 'message')
  outside.cut()
  for (const body of ['two', 'three']) await publish(endpoint, body)
  while (received.length < 3) await once(source as EventTarget, 'message')
  assert.deepEqual(received, ['1 one', '2 two', '3 three'])
})

test('a client that leaves is forgotten', async t => {
  const endpoint = await withEndpoint(t)
  const streams = await Promise.all(Array.from({ length: 20 }, () => openEventStream(t, endpoint.url('/events'))))
  assert.equal(open(endpoint).events, 20)
  for (const stream of streams) stream.leave()
  while (open(endpoint).events > 0) await new Promise(setImmediate)
  assert.equal((await publish(endpoint, 'anybody?')).subscribers, 0)
})

function open(endpoint: Endpoint): { events: number } {
  return (endpoint.stats() as { open: { events: number } }).open
}

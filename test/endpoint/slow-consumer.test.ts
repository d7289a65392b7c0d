import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rawConnection, rawWebSocket } from './raw-connection.ts'
import { openWebSocket, publish, withEndpoint } from './with-endpoint.ts'

const block = 'x'.repeat(1024 * 1024)

test('a WebSocket subscriber that stops reading is dropped, the others get everything', async t => {
  const endpoint = await withEndpoint(t)
  const slow = await rawWebSocket(t, endpoint, undefined, '/ws')
  slow.socket.pause()
  const quick = await openWebSocket(t, endpoint.url('/ws', 'ws'))
  for (let published = 0; dropped(endpoint) === 0; published++) {
    assert.ok(published < 100, 'the slow subscriber was never dropped')
    await publish(endpoint, block)
    assert.equal((await quick.next()).data.length, block.length)
  }
  while (open(endpoint).push > 1) await new Promise(resolve => setTimeout(resolve, 20))
})

test('an event stream that stops reading is dropped', async t => {
  const endpoint = await withEndpoint(t)
  const slow = await rawConnection(t, endpoint.port)
  slow.socket.write('GET /events HTTP/1.1\r\nHost: a\r\n\r\n')
  await slow.until(text => text.endsWith('retry: 2000\n\n\r\n'))
  slow.socket.pause()
  for (let published = 0; dropped(endpoint) === 0; published++) {
    assert.ok(published < 100, 'the slow stream was never dropped')
    await publish(endpoint, block)
  }
  while (open(endpoint).events > 0) await new Promise(resolve => setTimeout(resolve, 20))
})

test('an echo client that stops reading is not read from either', async t => {
  const endpoint = await withEndpoint(t)
  const { socket, next } = await openWebSocket(t, endpoint.url('/echo', 'ws'))
  socket.pause()
  const count = 24
  for (let at = 0; at < count; at++) socket.send(block)
  let previous = -1
  while (received(endpoint) !== previous) {
    previous = received(endpoint)
    await new Promise(resolve => setTimeout(resolve, 300))
  }
  assert.ok(previous < count - 5, `${previous} of ${count} MiB were taken in`)
  socket.resume()
  for (let at = 0; at < count; at++) assert.equal((await next()).data.length, block.length)
})

type Stats = {
  open: { push: number; events: number }
  totals: { slowSubscribersDropped: number; messagesReceived: number }
}
const open = (endpoint: { stats(): object }) => (endpoint.stats() as Stats).open
const dropped = (endpoint: { stats(): object }) => (endpoint.stats() as Stats).totals.slowSubscribersDropped
const received = (endpoint: { stats(): object }) => (endpoint.stats() as Stats).totals.messagesReceived

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { openEventStream } from './event-stream.ts'
import { rawConnection, rawWebSocket } from './raw-connection.ts'
import { openWebSocket, withEndpoint } from './with-endpoint.ts'

test('closing says goodbye to everyone in their own protocol', async t => {
  const endpoint = await withEndpoint(t)
  const { socket } = await openWebSocket(t, endpoint.url('/echo', 'ws'))
  const events = await openEventStream(t, endpoint.url('/events'))
  const polled = fetch(endpoint.url('/messages?since=0'))
  while ((endpoint.stats() as { open: { poll: number } }).open.poll === 0) await new Promise(setImmediate)
  const closed = once(socket, 'close')
  await endpoint.close()
  assert.deepEqual(await closed, [1001, Buffer.from('going away')])
  assert.equal(await events.ends(), true)
  assert.equal((await polled).status, 204)
  await assert.rejects(fetch(endpoint.url('/')))
})

test('who does not answer the goodbye is cut off after a bounded time', async t => {
  const endpoint = await withEndpoint(t)
  const silent = await rawWebSocket(t, endpoint)
  const started = performance.now()
  await endpoint.close()
  assert.ok(performance.now() - started < 10_000)
  assert.match(await silent.lastFrames(), /^880c03e9/)
})

test('a connection that was opened in advance and one kept for later do not delay the end', async t => {
  const endpoint = await withEndpoint(t)
  await rawConnection(t, endpoint.port)
  const kept = await rawConnection(t, endpoint.port)
  kept.socket.write('GET /time HTTP/1.1\r\nHost: a\r\n\r\n')
  await kept.until(text => text.endsWith('}'))
  const waiting = await withEndpoint(t)
  await rawWebSocket(t, waiting)
  const first = await Promise.race([waiting.close().then(() => 'waiting'), endpoint.close().then(() => 'not waiting')])
  assert.equal(first, 'not waiting')
})

test('closing twice is closing once', async t => {
  const endpoint = await withEndpoint(t)
  await Promise.all([endpoint.close(), endpoint.close()])
})

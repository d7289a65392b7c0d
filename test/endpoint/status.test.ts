import assert from 'node:assert/strict'
import { test } from 'node:test'
import { now, wall } from '../../src/world/clock.ts'
import { routes } from '../../src/endpoint/routes.ts'
import { rawConnection } from './raw-connection.ts'
import { openWebSocket, publish, withEndpoint } from './with-endpoint.ts'

test('the index and a wrong path list every route', async t => {
  const endpoint = await withEndpoint(t)
  for (const [path, status] of [
    ['/', 200],
    ['/nowhere', 404],
  ] as const) {
    const response = await fetch(endpoint.url(path))
    assert.equal(response.status, status)
    const text = await response.text()
    for (const route of Object.keys(routes)) assert.ok(text.includes(`\n${route} `), route)
  }
})

test('the statistics count what is open, what was delivered, and come back to where they were', async t => {
  const endpoint = await withEndpoint(t)
  const stats = async () =>
    (await (await fetch(endpoint.url('/stats'))).json()) as Record<string, Record<string, number>>
  const { socket, next } = await openWebSocket(t, endpoint.url('/ws', 'ws'))
  await publish(endpoint, 'hello')
  await next()
  const during = await stats()
  assert.equal(during.open?.push, 1)
  assert.deepEqual([during.totals?.messagesPublished, during.totals?.messagesDelivered], [1, 1])
  assert.ok(during.bytes!.sent! > 100 && during.bytes!.received! > 100 && during.memory!.rssBytes! > 1e6)
  socket.close()
  while ((await stats()).open?.push !== 0);
})

test('the time of the endpoint is the time of this machine', async t => {
  const endpoint = await withEndpoint(t)
  const [before, beforeMonotonic] = [wall(), now()]
  const { ts, monotonic } = (await (await fetch(endpoint.url('/time'))).json()) as { ts: number; monotonic: number }
  assert.ok(ts >= before - 1 && ts <= wall() + 1)
  assert.ok(monotonic >= beforeMonotonic - 1 && monotonic <= now() + 1)
})

test('a connection is kept for the next request', async t => {
  const endpoint = await withEndpoint(t)
  const connection = await rawConnection(t, endpoint.port)
  for (let round = 1; round <= 3; round++) {
    connection.socket.write('GET /messages?timeout=0 HTTP/1.1\r\nHost: a\r\n\r\n')
    await connection.until(text => text.split('{"last":0,"messages":[]}').length > round)
  }
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rawConnection } from './raw-connection.ts'
import { publish, withEndpoint } from './with-endpoint.ts'

test('ids count up per channel', async t => {
  const endpoint = await withEndpoint(t)
  assert.deepEqual(await publish(endpoint, 'a'), { id: 1, subscribers: 0 })
  assert.deepEqual(await publish(endpoint, 'b'), { id: 2, subscribers: 0 })
  assert.deepEqual(await publish(endpoint, 'c', '?channel=other'), { id: 1, subscribers: 0 })
})

test('a body over the limit is refused, whether it is announced or not', async t => {
  const endpoint = await withEndpoint(t, { maxPublishBytes: 1000 })
  const announced = await fetch(endpoint.url('/publish'), { method: 'POST', body: 'x'.repeat(1001) })
  assert.equal(announced.status, 413)
  const connection = await rawConnection(t, endpoint.port)
  connection.socket.write('POST /publish HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n')
  connection.socket.write(`800\r\n${'x'.repeat(2048)}\r\n`)
  assert.match(await connection.untilEnd(), /^HTTP\/1\.1 413 /)
  assert.equal((await fetch(endpoint.url('/publish'), { method: 'POST', body: 'x'.repeat(1000) })).status, 200)
})

test('a page of a foreign origin may not publish, nor read an answer', async t => {
  const endpoint = await withEndpoint(t, { allowedOrigins: ['https://app.example'] })
  const send = (origin: string) => fetch(endpoint.url('/publish'), { method: 'POST', body: 'x', headers: { origin } })
  assert.equal((await send('https://evil.example')).status, 403)
  const allowed = await send('https://app.example')
  assert.equal(allowed.status, 200)
  assert.equal(allowed.headers.get('access-control-allow-origin'), 'https://app.example')
  const events = await fetch(endpoint.url('/events'), { method: 'HEAD', headers: { origin: 'https://evil.example' } })
  assert.equal(events.headers.get('access-control-allow-origin'), null)
})

test('a preflight request of an allowed origin learns the methods and headers', async t => {
  const endpoint = await withEndpoint(t, { allowedOrigins: ['https://app.example'] })
  const ask = (origin: string) =>
    fetch(endpoint.url('/events'), {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'GET', 'access-control-request-headers': 'last-event-id' },
    })
  const allowed = await ask('https://app.example')
  assert.equal(allowed.status, 204)
  assert.equal(allowed.headers.get('access-control-allow-origin'), 'https://app.example')
  assert.equal(allowed.headers.get('access-control-allow-credentials'), 'true')
  assert.match(allowed.headers.get('access-control-allow-headers') ?? '', /Last-Event-ID/)
  assert.equal((await ask('https://evil.example')).headers.get('access-control-allow-headers'), null)
})

test('GET is not a way to publish', async t => {
  const endpoint = await withEndpoint(t)
  const response = await fetch(endpoint.url('/publish'))
  assert.deepEqual([response.status, response.headers.get('allow')], [405, 'POST, OPTIONS'])
})

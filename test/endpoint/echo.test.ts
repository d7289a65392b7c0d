import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { openWebSocket, withEndpoint } from './with-endpoint.ts'

test('a text message comes back as the same text', async t => {
  const endpoint = await withEndpoint(t)
  const { socket, next } = await openWebSocket(t, endpoint.url('/echo', 'ws'))
  socket.send('héllo')
  assert.deepEqual(await next(), { data: Buffer.from('héllo'), binary: false })
})

test('a binary message comes back as the same binary', async t => {
  const endpoint = await withEndpoint(t)
  const { socket, next } = await openWebSocket(t, endpoint.url('/echo', 'ws'))
  socket.send(Buffer.from('fffe00', 'hex'))
  assert.deepEqual(await next(), { data: Buffer.from('fffe00', 'hex'), binary: true })
})

test('16 MiB come back whole, one octet more closes with 1009', async t => {
  const endpoint = await withEndpoint(t)
  const { socket, next } = await openWebSocket(t, endpoint.url('/echo', 'ws'))
  const message = Buffer.alloc(16 * 1024 * 1024, 'rtbench ')
  socket.send(message)
  assert.equal(message.equals((await next()).data), true)
  socket.send(Buffer.alloc(message.length + 1))
  const [code] = await once(socket, 'close')
  assert.equal(code, 1009)
})

test('the close code of the client comes back', async t => {
  const endpoint = await withEndpoint(t)
  for (const code of [1000, 1001, 1013, 3000, 4321]) {
    const { socket } = await openWebSocket(t, endpoint.url('/echo', 'ws'))
    socket.close(code)
    assert.equal((await once(socket, 'close'))[0], code)
  }
})

test('an echo delay holds the answer back', async t => {
  const endpoint = await withEndpoint(t, { echoDelayMs: 120 })
  const { socket, next } = await openWebSocket(t, endpoint.url('/echo', 'ws'))
  const sent = performance.now()
  socket.send('late')
  await next()
  assert.ok(performance.now() - sent >= 119)
})

test('compression is spoken only when the option allows it', async t => {
  const plain = await withEndpoint(t)
  const { socket } = await openWebSocket(t, plain.url('/echo', 'ws'))
  assert.equal(socket.extensions, '')
  const deflating = await withEndpoint(t, { deflate: true })
  const compressed = await openWebSocket(t, deflating.url('/echo', 'ws'))
  assert.equal(compressed.socket.extensions, 'permessage-deflate')
  const message = 'x'.repeat(100_000)
  compressed.socket.send(message)
  assert.equal((await compressed.next()).data.toString(), message)
})

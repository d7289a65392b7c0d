import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openWebSocket, publish, withEndpoint } from './with-endpoint.ts'

test('a published message reaches every WebSocket subscriber of its channel and no other', async t => {
  const endpoint = await withEndpoint(t)
  const first = await openWebSocket(t, endpoint.url('/ws', 'ws'))
  const second = await openWebSocket(t, endpoint.url('/ws?channel=default', 'ws'))
  const other = await openWebSocket(t, endpoint.url('/ws?channel=other', 'ws'))
  assert.deepEqual(await publish(endpoint, 'hello'), { id: 1, subscribers: 2 })
  await publish(endpoint, 'elsewhere', '?channel=other')
  assert.deepEqual(await first.next(), { data: Buffer.from('hello'), binary: false })
  assert.deepEqual(await second.next(), { data: Buffer.from('hello'), binary: false })
  assert.deepEqual(await other.next(), { data: Buffer.from('elsewhere'), binary: false })
})

test('bytes that are not text are pushed as binary', async t => {
  const endpoint = await withEndpoint(t)
  const { next } = await openWebSocket(t, endpoint.url('/ws', 'ws'))
  await publish(endpoint, Buffer.from('ff00', 'hex'))
  assert.deepEqual(await next(), { data: Buffer.from('ff00', 'hex'), binary: true })
})

test('since= replays what a WebSocket missed', async t => {
  const endpoint = await withEndpoint(t)
  for (const body of ['one', 'two', 'three']) await publish(endpoint, body)
  const { next } = await openWebSocket(t, endpoint.url('/ws?since=1', 'ws'))
  await publish(endpoint, 'four')
  for (const expected of ['two', 'three', 'four']) assert.equal((await next()).data.toString(), expected)
})

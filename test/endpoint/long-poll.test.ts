import assert from 'node:assert/strict'
import { test } from 'node:test'
import { beforeClose, publish, withEndpoint } from './with-endpoint.ts'

interface Batch {
  last: number
  reset?: true
  messages: { id: number; data: string; encoding?: string }[]
}

const poll = async (url: string): Promise<Batch> => (await (await fetch(url)).json()) as Batch
const untilHeld = async (endpoint: { stats(): object }, count = 1) => {
  while ((endpoint.stats() as { open: { poll: number } }).open.poll !== count) await new Promise(setImmediate)
}

test('a poll is held until a message comes', async t => {
  const endpoint = await withEndpoint(t)
  const polled = fetch(endpoint.url('/messages'))
  await untilHeld(endpoint)
  assert.deepEqual(await publish(endpoint, 'one'), { id: 1, subscribers: 1 })
  const response = await polled
  assert.equal(response.headers.get('cache-control'), 'no-store')
  assert.equal(response.headers.get('x-last-id'), '1')
  assert.deepEqual(await response.json(), { last: 1, messages: [{ id: 1, data: 'one' }] })
})

test('nothing is lost between polls, and the same cursor gets the same again', async t => {
  const endpoint = await withEndpoint(t)
  for (const body of ['one', 'two', 'three']) await publish(endpoint, body)
  const expected = {
    last: 3,
    messages: [
      { id: 2, data: 'two' },
      { id: 3, data: 'three' },
    ],
  }
  assert.deepEqual(await poll(endpoint.url('/messages?since=1')), expected)
  assert.deepEqual(await poll(endpoint.url('/messages?since=1')), expected)
})

test('a chain of polls sees every message once and in order while they are published', async t => {
  const endpoint = await withEndpoint(t)
  const count = 100
  const seen: number[] = []
  const publishing = (async () => {
    for (let at = 1; at <= count; at++) await publish(endpoint, String(at))
  })()
  for (let since = 0; since < count;) {
    const batch = await poll(endpoint.url(`/messages?since=${since}`))
    seen.push(...batch.messages.map(message => Number(message.data)))
    since = batch.last
  }
  await publishing
  assert.deepEqual(
    seen,
    Array.from({ length: count }, (_, at) => at + 1),
  )
})

test('a hold that ends without news is 204 for a client with a cursor, an empty batch with one for a client without', async t => {
  const endpoint = await withEndpoint(t, { holdMs: 60 })
  await publish(endpoint, 'one')
  const withCursor = await fetch(endpoint.url('/messages?since=1'))
  assert.equal(withCursor.status, 204)
  assert.equal(withCursor.headers.get('x-last-id'), '1')
  assert.deepEqual(await poll(endpoint.url('/messages')), { last: 1, messages: [] })
})

test('the client may shorten the hold', async t => {
  const endpoint = await withEndpoint(t)
  for (const timeout of ['0.05', '50ms', '0']) {
    assert.equal((await fetch(endpoint.url(`/messages?since=0&timeout=${timeout}`))).status, 204)
  }
})

test('a cursor that is no number, or a time-out that is none, is a mistake', async t => {
  const endpoint = await withEndpoint(t)
  for (const query of ['since=abc', 'since=-1', 'since=', 'since=1.5', 'timeout=soon', 'channel=a/b']) {
    assert.equal((await fetch(endpoint.url(`/messages?${query}`))).status, 400, query)
  }
})

test('a cursor that cannot be placed is reset, at once, with all that is kept', async t => {
  const endpoint = await withEndpoint(t, { historySize: 2 })
  for (const body of ['one', 'two', 'three', 'four']) await publish(endpoint, body)
  const messages = [
    { id: 3, data: 'three' },
    { id: 4, data: 'four' },
  ]
  for (const since of [0, 1, 99]) {
    assert.deepEqual(await poll(endpoint.url(`/messages?since=${since}`)), { reset: true, last: 4, messages })
  }
  const fresh = await poll(endpoint.url('/messages?channel=fresh&since=7'))
  assert.deepEqual(fresh, { reset: true, last: 0, messages: [] })
})

test('a batch is bounded, the rest follows', async t => {
  const endpoint = await withEndpoint(t)
  for (let at = 0; at < 5; at++) await publish(endpoint, 'x'.repeat(300 * 1024))
  const first = await poll(endpoint.url('/messages?since=0'))
  assert.equal(first.last, 3)
  const second = await poll(endpoint.url('/messages?since=3'))
  assert.deepEqual([second.last, second.messages.length], [5, 2])
})

test('bytes that are not text come as base64', async t => {
  const endpoint = await withEndpoint(t)
  await publish(endpoint, Buffer.from('ff00', 'hex'))
  const { messages } = await poll(endpoint.url('/messages?since=0'))
  assert.deepEqual(messages, [{ id: 1, encoding: 'base64', data: '/wA=' }])
})

test('a client that leaves frees its hold and takes no message with it', async t => {
  const endpoint = await withEndpoint(t)
  const leaving = new AbortController()
  beforeClose(t, () => leaving.abort())
  const polled = fetch(endpoint.url('/messages?since=0'), { signal: leaving.signal })
  await untilHeld(endpoint)
  leaving.abort()
  await assert.rejects(polled)
  await untilHeld(endpoint, 0)
  assert.deepEqual(await publish(endpoint, 'one'), { id: 1, subscribers: 0 })
  assert.equal((await poll(endpoint.url('/messages?since=0'))).last, 1)
})

test('two polls with one cursor both get the message', async t => {
  const endpoint = await withEndpoint(t)
  const polls = [poll(endpoint.url('/messages?since=0')), poll(endpoint.url('/messages?since=0'))]
  await untilHeld(endpoint, 2)
  await publish(endpoint, 'one')
  assert.deepEqual(
    (await Promise.all(polls)).map(batch => batch.last),
    [1, 1],
  )
})

test('HEAD and OPTIONS are answered at once', async t => {
  const endpoint = await withEndpoint(t)
  assert.equal((await fetch(endpoint.url('/messages'), { method: 'HEAD' })).headers.get('x-last-id'), '0')
  const options = await fetch(endpoint.url('/messages'), { method: 'OPTIONS' })
  assert.deepEqual([options.status, options.headers.get('allow')], [204, 'GET, HEAD, OPTIONS'])
})

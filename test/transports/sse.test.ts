import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import type { LoadWords } from '../../src/index.ts'
import { answer, type ScriptedConnection, scripted } from '../servers/scripted.ts'
import { withWorker } from './with-worker.ts'

const STREAM = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n'
const CHUNKED = STREAM.replace('\r\n\r\n', '\r\nTransfer-Encoding: chunked\r\n\r\n')

async function run(
  t: TestContext,
  script: (connection: ScriptedConnection, request: string) => Promise<unknown> | void,
  words: LoadWords = {},
) {
  const requests: string[] = []
  const server = await scripted(t, async connection => {
    const request = await connection.take('\r\n\r\n')
    requests.push(request)
    await script(connection, request)
  })
  const under = await withWorker(t, 'sse', { url: `http://${server.host}/events`, ...words })
  under.worker.open()
  await under.settled()
  return { server, requests, ...under }
}

test('the request is that of an EventSource', async t => {
  const { requests, server } = await run(t, connection => connection.write(STREAM))
  assert.deepEqual(requests[0]!.trimEnd().split('\r\n'), [
    'GET /events HTTP/1.1',
    `Host: ${server.host}`,
    'Accept: text/event-stream',
    'Cache-Control: no-cache',
  ])
})

test('events of a stream until close, byte by byte', async t => {
  const { seen, until, counters, transport } = await run(t, async connection => {
    connection.socket.setNoDelay(true)
    for (const byte of `${STREAM}: hello\ndata: a\r\n\r\nid: 7\ndata: b\ndata: c\n\n`) {
      connection.write(byte)
      await new Promise(resolve => setTimeout(resolve, 1))
    }
  })
  await until(() => seen.messages.length === 2)
  assert.deepEqual(seen.messages, ['a', 'b\nc'])
  assert.equal(counters()['comments_received'], 1)
  assert.equal(counters()['bytes_received'], STREAM.length + 42)
  assert.equal(transport.received.payload + transport.received.framing, 42)
})

test('chunks may be cut anywhere; their own bytes are a layer', async t => {
  const { seen, until, transport } = await run(t, connection =>
    connection.write(`${CHUNKED}5;x=y\r\ndata:\r\n6\r\n one\n\n\r\na\r\ndata: two\n\r\n1\r\n\n\r\n`),
  )
  await until(() => seen.messages.length === 2)
  assert.deepEqual(seen.messages, ['one', 'two'])
  assert.deepEqual(transport.received, { payload: 6, framing: 16, chunk: 9 + 5 + 5 + 5 })
})

const refusals: [name: string, head: string, kind: string, text: RegExp][] = [
  ['another type', answer('200 OK', '{}', 'Content-Type: application/json'), 'content-type', /application\/json, not/],
  ['no type', answer('200 OK', ''), 'content-type', /Content-Type \(none\), not text\/event-stream/],
  ['204', 'HTTP/1.1 204 No Content\r\n\r\n', 'http-status', /^answered HTTP 204 No Content, not a stream/],
  ['503', answer('503 Service Unavailable', 'sorry'), 'http-status', /^answered HTTP 503/],
  ['garbage', '\x16\x03\x01\x00\r\n\r\n', 'http-malformed', /not HTTP\/1\.1/],
]
for (const [name, head, kind, text] of refusals) {
  test(`${name} instead of a stream is a failure of class ${kind}, and nobody comes back`, async t => {
    const { failure, seen, server } = await run(t, connection => connection.write(head), { timeout: '1s' })
    assert.equal(failure().kind, kind)
    assert.match(failure().text!, text)
    await new Promise(resolve => setTimeout(resolve, 100))
    assert.equal(seen.opened.length, 0)
    assert.equal(server.accepted, 1)
  })
}

for (const status of ['301 Moved Permanently', '302 Found', '307 Temporary Redirect', '308 Permanent Redirect']) {
  test(`${status} is followed, by all of 20 connections`, async t => {
    const { seen, requests, counters } = await run(
      t,
      (connection, request) => {
        const moved = request.startsWith('GET /elsewhere?a=b ')
        connection.write(moved ? STREAM : answer(status, '', 'Location: /elsewhere?a=b'))
      },
      { connections: 20 },
    )
    assert.equal(seen.opened.length, 20)
    assert.equal(counters()['redirects'], 20)
    assert.equal(requests.length, 40)
  })
}

test('after the stream ends the client comes back after retry: with its last event id', async t => {
  const { seen, requests, until, counters } = await run(t, connection => {
    if (connection.number === 0) connection.socket.end(`${STREAM}retry: 30\nid: caf\xc3\xa9 7\ndata: one\n\n`, 'latin1')
    else connection.write(`${STREAM}data: two\n\n`)
  })
  await until(() => seen.messages.length === 2)
  assert.deepEqual(seen.messages, ['one', 'two'])
  assert.match(requests[1]!, /\r\nLast-Event-ID: caf\xc3\xa9 7\r\n/)
  assert.equal(counters()['conn_dropped'], 1)
  assert.equal(counters()['conn_reopened'], 1)
})

test('an id is kept over a connection that brought none', async t => {
  const { requests, until } = await run(t, connection => {
    if (connection.number === 0) connection.socket.end(`${STREAM}retry: 20\nid: 1\ndata: one\n\n`)
    else connection.socket.end(STREAM)
  })
  await until(() => requests.length >= 3)
  assert.match(requests[2]!, /\r\nLast-Event-ID: 1\r\n/)
})

test('a stream that ends in the middle of an event: the event is dropped, the end is told', async t => {
  const { seen, until, failure } = await run(t, connection => {
    connection.socket.end(`${CHUNKED}d\r\ndata: a\n\ndata\r\n`)
  })
  await until(() => seen.ended === 1)
  assert.deepEqual(seen.messages, ['a'])
  assert.equal(failure().kind, 'closed')
})

test('an event over the limit is refused, the stream goes on', async t => {
  const server = await scripted(t, async connection => {
    await connection.take('\r\n\r\n')
    connection.write(`${STREAM}data: ${'x'.repeat(200_000)}\n\ndata: small\n\n`)
  })
  const { worker, transport, seen, until, failure } = await withWorker(t, 'sse', { url: `http://${server.host}/` })
  transport.request.maxMessageBytes = 100_000
  worker.open()
  await until(() => seen.messages.length === 1)
  assert.deepEqual(seen.messages, ['small'])
  assert.equal(failure().kind, 'protocol')
  assert.match(failure().text!, /over 100000 bytes/)
})

import assert from 'node:assert/strict'
import test, { type TestContext } from 'node:test'
import type { LoadWords } from '../../src/index.ts'
import { answer, type ScriptedConnection, scripted } from '../servers/scripted.ts'
import { withWorker } from './with-worker.ts'

type Answer = string | null

/** A server that answers poll number n with `answers[n]`, and holds the ones after; null closes without an answer. */
async function run(t: TestContext, answers: Answer[], words: LoadWords = {}) {
  const requests: string[] = []
  const server = await scripted(t, async (connection: ScriptedConnection) => {
    for (;;) {
      const request = await connection.take('\r\n\r\n')
      const next = answers[requests.length]
      requests.push(request)
      if (next === undefined) continue
      if (next === null) connection.socket.end()
      else connection.write(next)
      if (next?.includes('Connection: close')) connection.socket.end()
    }
  })
  const under = await withWorker(t, 'poll', { url: `http://${server.host}/messages`, ...words })
  under.worker.open()
  await under.settled()
  return { server, requests, ...under }
}

const line = (request: string) => request.split('\r\n')[0]!
const field = (request: string, name: string) => new RegExp(`^${name}: (.*)\r$`, 'im').exec(request)?.[1]

test('a first poll that is held means open', async t => {
  const { seen, requests } = await run(t, [])
  assert.equal(seen.opened.length, 1)
  assert.deepEqual(requests.map(line), ['GET /messages HTTP/1.1'])
})

test('query:since=json:last, the default', async t => {
  const body = '{"last":17,"messages":["a"]}'
  const { seen, requests, until } = await run(t, [answer('200 OK', body), answer('200 OK', '{"messages":[]}')])
  await until(() => requests.length === 3)
  assert.deepEqual(requests.map(line), [
    'GET /messages HTTP/1.1',
    'GET /messages?since=17 HTTP/1.1',
    'GET /messages?since=17 HTTP/1.1',
  ])
  assert.deepEqual(seen.messages, [body, '{"messages":[]}'])
})

test('query:from=header:X-Next is escaped', async t => {
  const { requests, until } = await run(t, [answer('200 OK', 'a', 'X-Next: 5&admin=1 #')], {
    cursor: 'query:from=header:X-Next',
  })
  await until(() => requests.length === 2)
  assert.equal(line(requests[1]!), 'GET /messages?from=5%26admin%3D1%20%23 HTTP/1.1')
})

test('header:A=header:B', async t => {
  const { requests, until } = await run(t, [answer('200 OK', 'a', 'X-Seen: 9')], {
    cursor: 'header:X-Since=header:X-Seen',
  })
  await until(() => requests.length === 2)
  assert.equal(field(requests[1]!, 'X-Since'), '9')
})

test('etag sends both validators back', async t => {
  const validators = ['ETag: 0', 'Last-Modified: Sun, 22 Nov 2026 10:00:00 GMT']
  const { requests, until } = await run(t, [answer('200 OK', 'a', ...validators)], { cursor: 'etag' })
  await until(() => requests.length === 2)
  assert.equal(field(requests[0]!, 'If-None-Match'), undefined)
  assert.equal(field(requests[1]!, 'If-None-Match'), '0')
  assert.equal(field(requests[1]!, 'If-Modified-Since'), 'Sun, 22 Nov 2026 10:00:00 GMT')
})

test('none asks the same again and again', async t => {
  const { requests, until } = await run(t, [answer('200 OK', '{"last":3}')], { cursor: 'none' })
  await until(() => requests.length === 2)
  assert.equal(line(requests[1]!), line(requests[0]!))
})

test('204, 304, 408 and an empty 200 are polls without a message', async t => {
  const empty = ['204 No Content', '304 Not Modified'].map(status => `HTTP/1.1 ${status}\r\n\r\n`)
  const { seen, counters, requests, until } = await run(t, [
    ...empty,
    answer('408 Request Timeout', 'late'),
    answer('200 OK'),
  ])
  await until(() => requests.length === 5)
  assert.deepEqual(seen.messages, [])
  const { polls, polls_empty } = counters()
  assert.deepEqual({ polls, polls_empty }, { polls: 5, polls_empty: 4 })
})

test('chunked and until-close bodies are whole messages', async t => {
  const chunked = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n4\r\n two\r\n0\r\n\r\n'
  const untilClose = 'HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nthree'
  const { seen, requests, until, server } = await run(t, [chunked, untilClose])
  await until(() => requests.length === 3)
  assert.deepEqual(seen.messages, ['one two', 'three'])
  assert.equal(server.accepted, 2)
})

test('Connection: close is followed by another connection, which is no drop', async t => {
  const { seen, counters, requests, until, server } = await run(t, [answer('200 OK', 'a', 'Connection: close')])
  await until(() => requests.length === 2)
  assert.equal(server.accepted, 2)
  assert.deepEqual(seen.messages, ['a'])
  assert.equal(counters()['conn_dropped'] ?? 0, 0)
})

test('an idle connection that the server closed under a poll is replaced', async t => {
  const { seen, counters, requests, until, server } = await run(t, [answer('200 OK', 'a'), null, answer('200 OK', 'b')])
  await until(() => requests.length === 4)
  assert.equal(server.accepted, 2)
  assert.deepEqual(seen.messages, ['a', 'b'])
  assert.equal(counters()['conn_dropped'] ?? 0, 0)
  assert.equal(counters()['conn_reopened'], 1)
})

test('a 500 is counted, waited out as Retry-After says, and the chain goes on', async t => {
  const { seen, requests, until, failure } = await run(t, [
    answer('200 OK', '{"last":1}'),
    answer('503 Service Unavailable', '', 'Retry-After: 1'),
    answer('200 OK', '{"last":2}'),
  ])
  const startedAt = performance.now()
  await until(() => requests.length === 4)
  assert.ok(performance.now() - startedAt > 900)
  assert.equal(line(requests[2]!), 'GET /messages?since=1 HTTP/1.1')
  assert.deepEqual(seen.messages, ['{"last":1}', '{"last":2}'])
  assert.deepEqual([failure().kind, failure().count], ['http-status', 1])
})

test('a first answer of 404 is a failure to open', async t => {
  const { failure, seen } = await run(t, [answer('404 Not Found')])
  assert.equal(seen.opened.length, 0)
  assert.equal(failure().kind, 'http-status')
  assert.match(failure().text!, /^answered HTTP 404 Not Found, not a poll/)
})

test('plain polling keeps its own schedule and counts what was empty', async t => {
  const { counters, until, requests } = await run(
    t,
    Array.from({ length: 100 }, (_, i) => (i === 3 ? answer('200 OK', 'x') : 'HTTP/1.1 204 No Content\r\n\r\n')),
    { pollInterval: '50ms' },
  )
  const startedAt = performance.now()
  await until(() => requests.length === 11)
  const took = performance.now() - startedAt
  assert.ok(took > 400, `ten polls every 50 ms in ${took} ms`)
  assert.ok(counters()['polls_empty']! >= 9)
})

test('an answer over the limit ends the connection', async t => {
  const server = await scripted(t, async connection => {
    await connection.take('\r\n\r\n')
    connection.write(answer('200 OK', 'x'.repeat(5000)))
  })
  const { worker, transport, seen, until, failure } = await withWorker(t, 'poll', { url: `http://${server.host}/` })
  transport.request.maxMessageBytes = 1000
  worker.open()
  await until(() => seen.ended === 1)
  assert.deepEqual(seen.messages, [])
  assert.equal(failure().kind, 'protocol')
})

test('an answer that is cut off is a drop with its reason', async t => {
  const { seen, until, failure } = await run(t, [
    'HTTP/1.1 200 OK\r\nContent-Length: 10\r\nConnection: close\r\n\r\nabc',
  ])
  await until(() => seen.ended === 1)
  assert.deepEqual(seen.messages, [])
  assert.equal(failure().kind, 'closed')
})

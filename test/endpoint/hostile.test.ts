import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../src/world/random.ts'
import { handshake, rawConnection, rawWebSocket } from './raw-connection.ts'
import { withEndpoint } from './with-endpoint.ts'

test('a header of 1 MiB is answered with 431 and the end of the connection', async t => {
  const endpoint = await withEndpoint(t)
  const connection = await rawConnection(t, endpoint.port)
  connection.socket.write(handshake({ 'X-Long': 'x'.repeat(1024 * 1024) }))
  assert.match(await connection.untilEnd(), /^HTTP\/1\.1 431 /)
})

test('a head that never ends is answered with 408 in a bounded time', async t => {
  const endpoint = await withEndpoint(t, { handshakeTimeoutMs: 300 })
  const connection = await rawConnection(t, endpoint.port)
  connection.socket.write('GET /echo HTTP/1.1\r\n')
  const dripping = setInterval(() => connection.socket.write('X'), 50)
  t.after(() => clearInterval(dripping))
  assert.match(await connection.untilEnd(), /^HTTP\/1\.1 408 /)
})

test('a connection that says nothing is closed in a bounded time', async t => {
  const endpoint = await withEndpoint(t, { handshakeTimeoutMs: 300 })
  const connection = await rawConnection(t, endpoint.port)
  await connection.untilEnd()
})

test('a body that never ends is cut off', async t => {
  const endpoint = await withEndpoint(t, { handshakeTimeoutMs: 200 })
  const connection = await rawConnection(t, endpoint.port)
  connection.socket.write('POST /publish HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nx')
  await connection.untilEnd()
})

test('random octets instead of HTTP are answered with 400', async t => {
  const endpoint = await withEndpoint(t)
  const random = seededRandom(42)
  for (let round = 0; round < 30; round++) {
    const connection = await rawConnection(t, endpoint.port)
    connection.socket.write(randomOctets(random, 500))
    assert.match(await connection.untilEnd(), /^HTTP\/1\.1 400 /)
  }
})

test('random octets instead of frames close the connection with a legal code', async t => {
  const endpoint = await withEndpoint(t, { deflate: true })
  const random = seededRandom(43)
  for (let round = 0; round < 30; round++) {
    const socket = await rawWebSocket(t, endpoint, 'permessage-deflate')
    socket.socket.write(Buffer.concat([randomOctets(random, 500), Buffer.from('8000', 'hex')]))
    socket.socket.end()
    const frames = await socket.lastFrames()
    assert.match(frames, /88[0-7][0-9a-f]03(ea|ef|f0|f1)|^$/)
  }
  assert.equal((await fetch(endpoint.url('/time'))).status, 200)
})

test('half a request in the target, the Host or the method is refused', async t => {
  const endpoint = await withEndpoint(t)
  const requests = [
    'GET * HTTP/1.1\r\nHost: a',
    'GET / HTTP/1.1',
    'GET / HTTP/1.1\r\nHost: a\r\nHost: b',
    'GET /%ff HTTP/9.9',
  ]
  for (const request of requests) {
    const connection = await rawConnection(t, endpoint.port)
    connection.socket.end(`${request}\r\n\r\n`)
    assert.match(await connection.untilEnd(), /^HTTP\/1\.1 400 /, request)
  }
})

test('an upgrade to something else is ignored and the request served', async t => {
  const endpoint = await withEndpoint(t)
  const connection = await rawConnection(t, endpoint.port)
  const upgrade = 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__'
  connection.socket.write(`POST /publish HTTP/1.1\r\nHost: a\r\n${upgrade}\r\nContent-Length: 5\r\n\r\nhello`)
  const answer = await connection.untilEnd()
  assert.match(answer, /^HTTP\/1\.1 200 /)
  assert.match(answer, /{"id":1,"subscribers":0}$/)
})

test('requests sent in advance are answered in order, but not without end', async t => {
  const endpoint = await withEndpoint(t)
  const ask = 'GET /messages?timeout=0 HTTP/1.1\r\nHost: a\r\n\r\n'
  const polite = await rawConnection(t, endpoint.port)
  polite.socket.write(ask.repeat(10))
  await polite.until(text => text.split('{"last":0,"messages":[]}').length === 11)
  polite.socket.write(ask.repeat(10))
  await polite.until(text => text.split('{"last":0,"messages":[]}').length === 21)
  const greedy = await rawConnection(t, endpoint.port)
  greedy.socket.write('GET /events HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(1000))
  await greedy.untilEnd()
  while ((endpoint.stats() as { open: { events: number } }).open.events > 0) await new Promise(setImmediate)
})

test('a client that answers no ping is cut off', async t => {
  const endpoint = await withEndpoint(t, { heartbeatMs: 60 })
  const silent = await rawWebSocket(t, endpoint)
  assert.match(await silent.lastFrames(), /^8900/)
})

function randomOctets(random: () => number, count: number): Buffer {
  return Buffer.from(Array.from({ length: count }, () => Math.floor(random() * 256)))
}

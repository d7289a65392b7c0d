import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:http2'
import { connect as connectTcp } from 'node:net'
import { test, type TestContext } from 'node:test'
import type { Endpoint } from '../../src/endpoint/endpoint.ts'
import { beforeClose, withEndpoint } from './with-endpoint.ts'

type Headers = Record<string, string>

async function session(t: TestContext, endpoint: Endpoint) {
  const client = connect(endpoint.url(), { rejectUnauthorized: false })
  client.on('error', () => {})
  beforeClose(t, () => client.destroy())
  await once(client, 'remoteSettings')
  /** The status and whole body of an answer. */
  const ask = async (headers: Headers, body?: string | Buffer) => {
    const stream = client.request(headers, { endStream: body === undefined })
    stream.end(body)
    const [head] = (await once(stream, 'response')) as [Headers]
    let text = ''
    for await (const chunk of stream.setEncoding('utf8')) text += chunk
    return { head, status: Number(head[':status']), text }
  }
  return { client, ask }
}

test('over TLS every path but the WebSocket ones speaks HTTP/2', async t => {
  const endpoint = await withEndpoint(t, { tls: 'self-signed' })
  const { client, ask } = await session(t, endpoint)
  const streams = Array.from({ length: 20 }, () => client.request({ ':path': '/events' }).setEncoding('utf8'))
  const heads = await Promise.all(streams.map(stream => once(stream, 'response')))
  for (const [at, stream] of streams.entries()) {
    const [head] = heads[at] as [Headers]
    assert.equal(head['content-type'], 'text/event-stream')
    assert.equal(head.connection, undefined)
    assert.deepEqual(await once(stream, 'data'), ['retry: 2000\n\n'])
  }
  const arrivals = streams.map(stream => once(stream, 'data'))
  const published = await ask({ ':path': '/publish', ':method': 'POST' }, 'hello')
  assert.equal(published.text, '{"id":1,"subscribers":20}')
  for (const arrival of arrivals) assert.deepEqual(await arrival, ['id: 1\ndata: hello\n\n'])
  assert.equal((await ask({ ':path': '/messages?since=0' })).text, '{"last":1,"messages":[{"id":1,"data":"hello"}]}')
  assert.equal((await ask({ ':path': '/echo' })).status, 400)
  assert.equal((await ask({ ':path': '/nowhere' })).status, 404)
})

test('HEAD ends at once over HTTP/2, and a stream that its client cancels is forgotten', async t => {
  const endpoint = await withEndpoint(t, { tls: 'self-signed' })
  const { client, ask } = await session(t, endpoint)
  assert.deepEqual((await ask({ ':path': '/events', ':method': 'HEAD' })).text, '')
  const open = () => (endpoint.stats() as { open: { events: number } }).open.events
  const stream = client.request({ ':path': '/events' })
  await once(stream, 'data')
  assert.equal(open(), 1)
  stream.close()
  while (open() > 0) await new Promise(setImmediate)
})

test('the origin policy knows the authority of HTTP/2, and a body over the limit is refused', async t => {
  const endpoint = await withEndpoint(t, { tls: 'self-signed', maxPublishBytes: 10 })
  const { ask } = await session(t, endpoint)
  const publish = { ':path': '/publish', ':method': 'POST' }
  assert.equal((await ask({ ...publish, origin: `https://127.0.0.1:${endpoint.port}` }, 'x')).status, 200)
  assert.equal((await ask({ ...publish, origin: 'https://evil.example' }, 'x')).status, 403)
  assert.equal((await ask(publish, 'x'.repeat(11))).status, 413)
  assert.equal((await ask(publish, 'x')).status, 200)
})

test('shutting down ends streams and sessions of HTTP/2', async t => {
  const endpoint = await withEndpoint(t, { tls: 'self-signed' })
  const { client } = await session(t, endpoint)
  const stream = client.request({ ':path': '/events' })
  await once(stream, 'data')
  const closed = once(client, 'close')
  stream.resume()
  await endpoint.close()
  await closed
  assert.equal(stream.rstCode, 0)
})

test('half a TLS handshake does not last', async t => {
  const endpoint = await withEndpoint(t, { tls: 'self-signed', handshakeTimeoutMs: 200 })
  const socket = connectTcp(endpoint.port, '127.0.0.1')
  beforeClose(t, () => socket.destroy())
  socket.on('error', () => {})
  socket.write(Buffer.from('1603010200', 'hex'))
  await once(socket, 'close')
})

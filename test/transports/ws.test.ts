import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import test, { type TestContext } from 'node:test'
import type { LoadWords } from '../../src/index.ts'
import { answer, type ScriptedConnection, scripted } from '../servers/scripted.ts'
import { withWorker } from './with-worker.ts'

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'

/** The 101 for the request, in the words of RFC 6455 §4.2.2. */
async function upgraded(connection: ScriptedConnection, ...fields: string[]): Promise<string> {
  const request = await connection.take('\r\n\r\n')
  const key = /sec-websocket-key: (\S+)/i.exec(request)![1]!
  const accept = createHash('sha1')
    .update(key + GUID)
    .digest('base64')
  const head = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade']
  return [...head, `Sec-WebSocket-Accept: ${accept}`, ...fields, '', ''].join('\r\n')
}

async function run(
  t: TestContext,
  script: (connection: ScriptedConnection) => Promise<unknown>,
  words: LoadWords = {},
) {
  const server = await scripted(t, script)
  const under = await withWorker(t, 'ws', { url: `ws://${server.host}/chat?room=1`, ...words })
  under.worker.open()
  await under.settled()
  return { server, ...under }
}

/** A masked client frame as the server reads it. */
async function frame(connection: ScriptedConnection): Promise<{ first: number; payload: Buffer }> {
  const [first, second] = await connection.bytes(2)
  const length = second! & 0x7f
  const key = await connection.bytes(4)
  const payload = await connection.bytes(length)
  for (let i = 0; i < length; i += 1) payload[i]! ^= key[i & 3]!
  return { first: first!, payload }
}

test('the request is the one of RFC 6455, with the words of the user', async t => {
  let request = ''
  await run(
    t,
    async connection => {
      request = (await connection.take('\r\n\r\n')).replace(/(Key: )\S+/, '$1KEY').replace(/:\d+/, ':PORT')
    },
    { header: ['Origin: https://a.test', 'Host: b.test'], subprotocol: ['v2', 'v1'], timeout: '300ms' },
  )
  const lines = request.trimEnd().split('\r\n')
  assert.equal(lines[0], 'GET /chat?room=1 HTTP/1.1')
  for (const line of ['Host: b.test', 'Origin: https://a.test', 'Sec-WebSocket-Protocol: v2, v1'])
    assert.equal(lines.filter(other => other === line).length, 1, `${line} in ${request}`)
  assert.equal(lines.filter(line => /^host:/i.test(line)).length, 1)
})

test('frames that came glued to the 101 are messages', async t => {
  const { seen, until } = await run(t, async connection => {
    connection.write(Buffer.concat([Buffer.from(await upgraded(connection)), Buffer.from('810568656c6c6f8102', 'hex')]))
    connection.write('hi')
  })
  await until(() => seen.messages.length === 2)
  assert.deepEqual(seen.messages, ['hello', 'hi'])
})

test('a ping is answered with its own payload', async t => {
  let answered: { first: number; payload: Buffer } | null = null
  const { counters, until } = await run(t, async connection => {
    connection.write(await upgraded(connection))
    connection.write(Buffer.from('890470696e67', 'hex'))
    answered = await frame(connection)
  })
  await until(() => answered !== null)
  assert.deepEqual(answered, { first: 0x8a, payload: Buffer.from('ping') })
  assert.equal(counters()['pings_received'], 1)
})

for (const [code, reason] of [
  [1000, ''],
  [1001, 'going away'],
  [1013, 'later'],
] as const) {
  test(`a close with ${code} is echoed and counted`, async t => {
    let echoed: { first: number; payload: Buffer } | null = null
    const { failure, counters, until, seen } = await run(t, async connection => {
      connection.write(await upgraded(connection))
      const head = Buffer.from([0x88, 2 + reason.length, code >> 8, code & 0xff])
      connection.write(Buffer.concat([head, Buffer.from(reason)]))
      echoed = await frame(connection)
      await connection.gone
      connection.socket.end()
    })
    await until(() => seen.ended === 1)
    assert.deepEqual(echoed, { first: 0x88, payload: Buffer.from([code >> 8, code & 0xff]) })
    assert.equal(counters()[`closed_by_server_${code}`], 1)
    assert.equal(counters()['conn_dropped'], 1)
    const { kind, text } = failure()
    assert.equal(kind, 'closed')
    assert.ok(text?.includes(String(code)) && text.includes(reason), text)
  })
}

test('an end without a close frame counts as 1006', async t => {
  const { counters, until, seen } = await run(t, async connection => {
    connection.write(await upgraded(connection))
    connection.socket.end()
  })
  await until(() => seen.ended === 1)
  assert.equal(counters()['closed_by_server_1006'], 1)
})

for (const [what, hex] of [
  ['a masked frame', '818100000000 61'],
  ['a reserved opcode', '8300'],
  ['RSV1 without an extension', 'c10161'],
  ['a fragmented ping', '0900'],
  ['a continuation of nothing', '800161'],
] as const) {
  test(`${what} ends the connection with 1002`, async t => {
    let closed: { first: number; payload: Buffer } | null = null
    const { failure, until, seen } = await run(t, async connection => {
      connection.write(await upgraded(connection))
      connection.write(Buffer.from(hex.replaceAll(' ', ''), 'hex'))
      closed = await frame(connection)
    })
    await until(() => seen.ended === 1 && closed !== null)
    assert.equal(closed!.payload.readUInt16BE(0), 1002)
    assert.equal(failure().kind, 'protocol')
  })
}

const refusals: [
  name: string,
  head: (connection: ScriptedConnection) => Promise<string>,
  kind: string,
  text: RegExp,
][] = [
  ['a page', async () => answer('200 OK', '<html>'), 'http-status', /^answered HTTP 200 OK, not 101/],
  ['a 503', async () => answer('503 Service Unavailable'), 'http-status', /^answered HTTP 503 Service Unavailable/],
  [
    'a wrong Sec-WebSocket-Accept',
    async connection => (await upgraded(connection)).replace(/Accept: \S+/, 'Accept: AAAA'),
    'handshake',
    /accept.*AAAA/,
  ],
  ['no HTTP', async () => 'SSH-2.0-OpenSSH_9.2\r\n\r\n', 'http-malformed', /not HTTP\/1\.1/],
  ['an unasked extension', c => upgraded(c, 'Sec-WebSocket-Extensions: x-zip'), 'handshake', /extensions.*x-zip/],
]
for (const [name, head, kind, text] of refusals) {
  test(`${name} instead of the 101 is a failure of class ${kind}`, async t => {
    const { failure, seen } = await run(t, async connection => {
      const bytes = await head(connection)
      if (!bytes.includes(' 101 ')) await connection.take('\r\n\r\n')
      connection.write(bytes)
    })
    assert.equal(seen.opened.length, 0)
    assert.equal(failure().kind, kind)
    assert.match(failure().text!, text)
  })
}

test('a close before the answer, and no answer in time', async t => {
  const closed = await run(t, async connection => {
    await connection.take('\r\n\r\n')
    connection.socket.end()
  })
  assert.equal(closed.failure().kind, 'closed')
  const silent = await run(t, async connection => connection.take('nothing'), { timeout: '100ms' })
  assert.equal(silent.failure().kind, 'timeout')
  assert.match(silent.failure().text!, /within 0\.1 s \(--timeout\)/)
})

test('a length of 0 in the 101 harms nobody', async t => {
  const { seen } = await run(t, async c => c.write(await upgraded(c, 'Content-Length: 0')))
  assert.equal(seen.opened.length, 1)
})

test('redirects are followed by each connection for itself', async t => {
  const { seen, counters } = await run(
    t,
    async connection => {
      const request = await connection.take('\r\n')
      if (request.startsWith('GET /chat?room=1 ')) {
        await connection.take('\r\n\r\n')
        connection.write(answer('302 Found', '', 'Location: /new/chat'))
        return
      }
      assert.equal(request, 'GET /new/chat HTTP/1.1\r\n')
      connection.write(await upgraded(connection))
    },
    { connections: 40 },
  )
  assert.equal(seen.opened.length, 40)
  assert.equal(counters()['redirects'], 40)
  assert.equal(counters()['conn_failed'] ?? 0, 0)
})

test('a redirect that leads in a circle is given up', async t => {
  const { failure, counters, server } = await run(t, async connection => {
    await connection.take('\r\n\r\n')
    connection.write(answer('307 Temporary Redirect', '', 'Location: /chat'))
  })
  assert.equal(server.accepted, 6)
  assert.equal(counters()['redirects'], 5)
  assert.equal(failure().kind, 'redirect')
})

test('a hundred small sends arrive whole, in order and in few writes', async t => {
  const texts: string[] = []
  const { seen, until } = await run(t, async connection => {
    connection.write(await upgraded(connection))
    for (;;) texts.push((await frame(connection)).payload.toString())
  })
  const wanted = Array.from({ length: 100 }, (_, i) => `message ${i}`)
  for (const text of wanted) seen.opened[0]!.send(Buffer.from(text), false)
  seen.opened[0]!.flush()
  await until(() => texts.length === 100)
  assert.deepEqual(texts, wanted)
})

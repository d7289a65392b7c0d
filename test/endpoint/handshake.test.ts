import assert from 'node:assert/strict'
import { test } from 'node:test'
import { handshake, rawConnection } from './raw-connection.ts'
import { withEndpoint } from './with-endpoint.ts'

type Changes = Parameters<typeof handshake>[0]

const accepted: Record<string, [Changes, string?]> = {
  'a plain handshake': [{}],
  'other cases and a longer Connection': [{ Upgrade: 'WebSocket', Connection: 'keep-alive, upgrade' }],
  'a list in Upgrade': [{ Upgrade: 'foo, websocket' }],
  'names in other cases': [{ Upgrade: undefined, uPGRADE: 'websocket', Host: undefined, HOST: 'localhost' }],
  'spaces around the key': [{ 'Sec-WebSocket-Key': '  dGhlIHNhbXBsZSBub25jZQ==  ' }],
  'an absolute target': [{}, 'GET http://localhost/echo HTTP/1.1'],
  'a query': [{}, 'GET /echo?a=%20b&c HTTP/1.1'],
  'an unknown extension': [{ 'Sec-WebSocket-Extensions': 'x-foo; a=1' }],
  'unknown subprotocols': [{ 'Sec-WebSocket-Protocol': 'x, y' }],
  '8 KiB of header': [{ 'X-Long': 'x'.repeat(8192) }],
  'a thousand headers': [Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`X${at}`, '1']))],
  'its own origin': [{ Origin: 'http://localhost' }],
}

const refused: Record<string, [number, Changes, string?]> = {
  'a missing Upgrade': [426, { Upgrade: undefined }],
  'another Upgrade': [426, { Upgrade: 'h2c' }],
  'a missing Connection': [426, { Connection: undefined }],
  'a Connection without Upgrade': [426, { Connection: 'close' }],
  'HTTP/1.0': [426, {}, 'GET /echo HTTP/1.0'],
  'version 8': [426, { 'Sec-WebSocket-Version': '8' }],
  'version 99': [426, { 'Sec-WebSocket-Version': '99' }],
  'a missing version': [400, { 'Sec-WebSocket-Version': undefined }],
  'a version with a zero in front': [400, { 'Sec-WebSocket-Version': '013' }],
  'a list of versions': [400, { 'Sec-WebSocket-Version': '13, 8' }],
  'two versions': [400, { 'Sec-WebSocket-Version': ['13', '13'] }],
  'a missing key': [400, { 'Sec-WebSocket-Key': undefined }],
  'a short key': [400, { 'Sec-WebSocket-Key': 'eA==' }],
  'a key of 17 octets': [400, { 'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZSE=' }],
  'a key that is not base64': [400, { 'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZ!==' }],
  'two keys': [400, { 'Sec-WebSocket-Key': ['dGhlIHNhbXBsZSBub25jZQ==', 'dGhlIHNhbXBsZSBub25jZQ=='] }],
  'no Host': [400, { Host: undefined }],
  'two Hosts': [400, { Host: ['a', 'b'] }],
  POST: [405, {}, 'POST /echo HTTP/1.1'],
  HEAD: [405, {}, 'HEAD /echo HTTP/1.1'],
  'an unknown path': [404, {}, 'GET /constructor HTTP/1.1'],
  'a path without WebSocket': [400, {}, 'GET /events HTTP/1.1'],
  'a folded header': [400, { 'X-Folded': 'a\r\n b' }],
  'a space before a colon': [400, { 'X-Space ': 'a' }],
  'a body': [400, { 'Content-Length': '5' }],
  'an empty subprotocol': [400, { 'Sec-WebSocket-Protocol': '' }],
  'a gap in the subprotocols': [400, { 'Sec-WebSocket-Protocol': 'a,,b' }],
  'a subprotocol that is no token': [400, { 'Sec-WebSocket-Protocol': 'a b' }],
  'a subprotocol twice': [400, { 'Sec-WebSocket-Protocol': ['a', 'a'] }],
  'malformed extensions': [400, { 'Sec-WebSocket-Extensions': 'permessage-deflate;;' }],
  'a channel that is no name': [400, {}, 'GET /ws?channel=%2F HTTP/1.1'],
  'a foreign origin': [403, { Origin: 'https://evil.example' }],
  'its own host with another scheme': [403, { Origin: 'https://localhost' }],
  'its own origin as a prefix': [403, { Origin: 'http://localhost.evil.example' }],
  'another port': [403, { Origin: 'http://localhost:1' }],
  'the origin null': [403, { Origin: 'null' }],
  '17 KiB of header': [431, { 'X-Long': 'x'.repeat(17 * 1024) }],
}

for (const [name, [changes, line]] of Object.entries(accepted)) {
  test(`the handshake accepts ${name}`, async t => {
    const endpoint = await withEndpoint(t)
    const connection = await rawConnection(t, endpoint.port)
    connection.socket.write(handshake(changes, line))
    const head = await connection.until(text => text.includes('\r\n\r\n'))
    assert.match(head, /^HTTP\/1\.1 101 /)
    assert.match(head, /^Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK\+xOo=\r$/m)
    assert.doesNotMatch(head, /^(Sec-WebSocket-(Protocol|Extensions)|Content-Length|Transfer-Encoding):/im)
  })
}

for (const [name, [status, changes, line]] of Object.entries(refused)) {
  test(`the handshake refuses ${name} with ${status}`, async t => {
    const endpoint = await withEndpoint(t, { deflate: true })
    const connection = await rawConnection(t, endpoint.port)
    const body = status === 400 && 'Content-Length' in changes! ? 'hello' : ''
    connection.socket.write(handshake(changes, line) + body)
    const answer = await connection.untilEnd()
    assert.match(answer, new RegExp(`^HTTP/1\\.1 ${status} `))
    if (status === 426) assert.match(answer, /^Upgrade: websocket\r$/im)
    if (name.includes('version')) assert.match(answer, /^Sec-WebSocket-Version: 13\r$/m)
    if (status === 405) assert.match(answer, /^Allow: GET\r$/m)
    if (name === 'HEAD') assert.match(answer, /\r\n\r\n$/)
  })
}

test('of the subprotocols offered the first that is known wins, over two lines too', async t => {
  const endpoint = await withEndpoint(t, { subprotocols: ['a', 'b'] })
  const connection = await rawConnection(t, endpoint.port)
  connection.socket.write(handshake({ 'Sec-WebSocket-Protocol': ['x, b', 'a'] }))
  assert.match(await connection.until(text => text.includes('\r\n\r\n')), /^Sec-WebSocket-Protocol: b\r$/m)
})

test('a handshake in single octets is understood', async t => {
  const endpoint = await withEndpoint(t)
  const connection = await rawConnection(t, endpoint.port)
  connection.socket.setNoDelay(true)
  for (const octet of handshake()) {
    connection.socket.write(octet)
    await new Promise(setImmediate)
  }
  assert.match(await connection.until(text => text.includes('\r\n\r\n')), /^HTTP\/1\.1 101 /)
})

test('origins on the list may connect, a star lets in all', async t => {
  for (const allowedOrigins of [['https://app.example'], ['*']]) {
    const endpoint = await withEndpoint(t, { allowedOrigins })
    const connection = await rawConnection(t, endpoint.port)
    connection.socket.write(handshake({ Origin: 'https://app.example' }))
    assert.match(await connection.until(text => text.includes('\r\n\r\n')), /^HTTP\/1\.1 101 /)
  }
})

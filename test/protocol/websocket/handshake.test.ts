import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ResponseHead } from '../../../src/protocol/http1/head.ts'
import { acceptKey, newKey, upgradeRequest } from '../../../src/protocol/websocket/handshake-request.ts'
import {
  acceptedDeflate,
  acceptedSubprotocol,
  judgeResponse,
  type Offered,
} from '../../../src/protocol/websocket/handshake-response.ts'

const key = 'dGhlIHNhbXBsZSBub25jZQ=='
const request = { target: '/chat?x=%20', host: 'server.example:8080', key }

test('the accept value is that of RFC 6455 §1.3', () => {
  assert.equal(acceptKey(key), 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=')
})

test('a fresh key is 16 octets and new each time', () => {
  assert.equal(Buffer.from(newKey(), 'base64').length, 16)
  assert.notEqual(newKey(), newKey())
})

test('the request has every header in its place', () => {
  const bytes = upgradeRequest({
    ...request,
    origin: 'https://app.example',
    subprotocols: ['chat', 'superchat'],
    extensions: 'permessage-deflate',
    headers: [['Cookie', 'a=1']],
  })
  assert.equal(
    bytes.toString('latin1'),
    [
      'GET /chat?x=%20 HTTP/1.1',
      'Host: server.example:8080',
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Origin: https://app.example',
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${key}`,
      'Sec-WebSocket-Protocol: chat, superchat',
      'Sec-WebSocket-Extensions: permessage-deflate',
      'Cookie: a=1',
      '\r\n',
    ].join('\r\n'),
  )
})

test('any line can be left out, doubled, bent or added, in place', () => {
  const bytes = upgradeRequest({
    ...request,
    requestLine: 'POST http://x/ HTTP/1.0',
    headers: [
      ['X-A', '1'],
      ['X-A', '2'],
    ],
    replace: {
      host: [],
      'sec-websocket-key': [`sec-websocket-KEY :  ${key}`, 'Sec-WebSocket-Key: \xff'],
      'x-a': ['X-A: once'],
      'x-new': ['X-New: a\r\n folded'],
    },
  })
  assert.equal(
    bytes.toString('latin1'),
    [
      'POST http://x/ HTTP/1.0',
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      `sec-websocket-KEY :  ${key}`,
      'Sec-WebSocket-Key: \xff',
      'X-A: once',
      'X-New: a',
      ' folded',
      '\r\n',
    ].join('\r\n'),
  )
})

const good: [string, string][] = [
  ['upgrade', 'WebSocket'],
  ['Connection', 'keep-alive, Upgrade'],
  ['Sec-WebSocket-Accept', acceptKey(key)],
]

function head(headers: [string, string][], status = 101, version = '1.1'): ResponseHead {
  return { version, status, reason: 'Whatever', headers, bytes: 0, notes: [] }
}

const without = (name: string) => good.filter(([header]) => header.toLowerCase() !== name)
const kinds = (response: ResponseHead, offered?: Offered) =>
  judgeResponse(response, key, offered).map(found => found.kind)

test('a good response has nothing wrong with it', () => {
  assert.deepEqual(judgeResponse(head(good), key), [])
})

test('a refusal is one violation', () => {
  assert.deepEqual(judgeResponse(head([], 403), key), [{ kind: 'status', expected: '101', observed: '403 Whatever' }])
})

test('each demand of RFC 6455 §4.1 is judged by itself', () => {
  assert.deepEqual(kinds(head(good, 101, '1.0')), ['version'])
  assert.deepEqual(kinds(head(without('upgrade'))), ['upgrade'])
  assert.deepEqual(kinds(head([...without('upgrade'), ['Upgrade', 'websocket, h2c']])), ['upgrade'])
  assert.deepEqual(kinds(head([...good, ['Upgrade', 'websocket']])), ['upgrade'])
  assert.deepEqual(kinds(head(without('connection'))), ['connection'])
  assert.deepEqual(kinds(head([...without('connection'), ['Connection', 'UpgradeNow']])), ['connection'])
  assert.deepEqual(kinds(head(without('sec-websocket-accept'))), ['accept'])
  assert.deepEqual(kinds(head([...good, ['Sec-WebSocket-Accept', acceptKey(key)]])), ['accept'])
  assert.deepEqual(
    judgeResponse(head(good), 'another key').map(found => found.kind),
    ['accept'],
  )
  assert.deepEqual(kinds(head([...good, ['Content-Length', '0']])), ['body'])
  assert.deepEqual(kinds(head([...good, ['Transfer-Encoding', 'chunked']])), ['body'])
})

test('only an offered subprotocol may be chosen, and only one', () => {
  const chosen = (...names: string[]) =>
    head([...good, ...names.map((name): [string, string] => ['Sec-WebSocket-Protocol', name])])
  assert.deepEqual(kinds(chosen('chat')), ['subprotocol'])
  assert.deepEqual(kinds(chosen('chat'), { subprotocols: ['chat', 'soap'] }), [])
  assert.deepEqual(kinds(head(good), { subprotocols: ['chat'] }), [])
  assert.deepEqual(kinds(chosen('Chat'), { subprotocols: ['chat'] }), ['subprotocol'])
  assert.deepEqual(kinds(chosen('chat, soap'), { subprotocols: ['chat', 'soap'] }), ['subprotocol'])
  assert.deepEqual(kinds(chosen('chat', 'soap'), { subprotocols: ['chat', 'soap'] }), ['subprotocol'])
  assert.equal(acceptedSubprotocol(chosen('chat')), 'chat')
  assert.equal(acceptedSubprotocol(head(good)), null)
})

test('only offered extensions may be chosen, with legal parameters', () => {
  const chosen = (value: string) => head([...good, ['Sec-WebSocket-Extensions', value]])
  const offer = {
    extensions: 'permessage-deflate; server_max_window_bits=9, permessage-deflate; client_max_window_bits',
  }
  assert.deepEqual(kinds(chosen('permessage-deflate')), ['extensions'])
  assert.deepEqual(kinds(chosen('permessage-deflate; client_max_window_bits=9'), offer), [])
  assert.deepEqual(kinds(chosen('permessage-deflate; server_max_window_bits=9'), offer), [])
  assert.deepEqual(kinds(chosen('permessage-deflate; x'), offer), ['deflate'])
  assert.deepEqual(kinds(chosen('permessage-deflate, permessage-deflate'), offer), ['extensions'])
  assert.deepEqual(kinds(chosen('x-foo, permessage-deflate'), offer), ['extensions'])
  assert.deepEqual(kinds(chosen('permessage-deflate;;'), offer), ['extensions'])
  const narrow = { extensions: 'permessage-deflate; server_no_context_takeover; server_max_window_bits=9' }
  assert.deepEqual(kinds(chosen('permessage-deflate; server_max_window_bits=10'), narrow), ['deflate', 'deflate'])
  assert.equal(acceptedDeflate(chosen('permessage-deflate; server_max_window_bits=10'))?.serverMaxWindowBits, 10)
  assert.equal(acceptedDeflate(head(good)), null)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeRequestHead, encodeVerbatimHead } from '../../../src/protocol/http1/request.ts'

test('a request head is exactly what was asked for, in order', () => {
  const bytes = encodeRequestHead({
    method: 'GET',
    target: '/a?b=c',
    headers: [
      ['Host', 'example.test'],
      ['accept', 'text/event-stream'],
      ['X-Twice', '1'],
      ['X-Twice', '2'],
      ['X-Empty', ''],
    ],
  })
  assert.equal(
    bytes.toString('latin1'),
    'GET /a?b=c HTTP/1.1\r\nHost: example.test\r\naccept: text/event-stream\r\nX-Twice: 1\r\nX-Twice: 2\r\nX-Empty:\r\n\r\n',
  )
})

test('the version can be chosen', () => {
  const bytes = encodeRequestHead({ method: 'GET', target: '/', version: '1.0', headers: [] })
  assert.equal(bytes.toString('latin1'), 'GET / HTTP/1.0\r\n\r\n')
})

test('a value beyond Latin-1 is sent as UTF-8', () => {
  const bytes = encodeRequestHead({ method: 'GET', target: '/', headers: [['Last-Event-ID', '…1']] })
  assert.ok(bytes.includes(Buffer.from('Last-Event-ID: …1\r\n', 'utf8')))
})

test('what would change the meaning of the head is refused', () => {
  const encode =
    (method: string, target: string, name = 'A', value = 'b') =>
    () =>
      encodeRequestHead({ method, target, headers: [[name, value]] })
  assert.throws(encode('GE T', '/'), /not a request method: "GE T"/)
  assert.throws(encode('GET', '/a b'), /not a request target/)
  assert.throws(encode('GET', '/\r\nX: y'), /not a request target/)
  assert.throws(encode('GET', '/', 'A B'), /not a header name/)
  assert.throws(encode('GET', '/', 'A', 'b\r\nC: d'), /the header A cannot hold a line break/)
  assert.throws(encode('GET', '/', 'A', 'b\nC: d'), /line break/)
  assert.throws(encode('GET', '/', 'A', '\0'), /NUL/)
})

test('a malformed head can be sent byte for byte', () => {
  const bytes = encodeVerbatimHead(['GET / HTTP/1.1', 'Host : x', ' fold', 'A: \xff\0'], '\n')
  assert.equal(
    bytes.toString('hex'),
    Buffer.from('GET / HTTP/1.1\nHost : x\n fold\nA: \xff\0\n\n', 'latin1').toString('hex'),
  )
})

import assert from 'node:assert/strict'
import test from 'node:test'
import type { CursorConfig } from '../../../src/config/run-config.ts'
import { responseHeadReader } from '../../../src/protocol/http1/head-reader.ts'
import { type Cursor, nextCursor, START, topLevelField } from '../../../src/protocol/polling/cursor.ts'

function head(...fields: string[]) {
  const bytes = Buffer.from(['HTTP/1.1 200 OK', ...fields, '', ''].join('\r\n'), 'latin1')
  const result = responseHeadReader({ maxBytes: 65_536 }).push(bytes, 0, bytes.length)
  assert.ok(result.kind !== 'more' && result.kind !== 'malformed')
  return result.head
}

const byBody: CursorConfig = { kind: 'query-json', name: 'since', key: 'last' }
const byHeader: CursorConfig = { kind: 'header', pairs: [{ request: 'X-Since', response: 'X-Next' }] }
const after = (config: CursorConfig, body: string, fields: string[] = [], current: Cursor = START) =>
  nextCursor(config, current, head(...fields), Buffer.from(body))

test('a field of the JSON body, as number or text', () => {
  assert.equal(after(byBody, '{"last":17}').query, 'since=17')
  assert.equal(after(byBody, '{"messages":[{"last":1}],"last":"a b&c"}').query, 'since=a%20b%26c')
  assert.equal(after(byBody, '{"last":"x\\r\\nEvil: 1"}').query, 'since=x%0D%0AEvil%3A%201')
})

test('a body without the field leaves the cursor where it was', () => {
  const current = { query: 'since=4', headers: [] }
  for (const body of [
    '',
    '[]',
    'null',
    '17',
    '{"last":null}',
    '{"last":{}}',
    '{"last":',
    '{"other":1}',
    '\u0000\u0001',
  ])
    assert.deepEqual(after(byBody, body, [], current), current, body)
})

test('numbers that only look like one are read by the parser, not by the short cut', () => {
  assert.equal(topLevelField(Buffer.from('{"last":17.5}'), 'last'), '17.5')
  assert.equal(topLevelField(Buffer.from('{"last":1e3}'), 'last'), '1000')
  assert.equal(topLevelField(Buffer.from('{"last":-3,"a":1}'), 'last'), '-3')
})

test('a header into the query, and a header into a header', () => {
  const query: CursorConfig = { kind: 'query-header', name: 'from', header: 'X-Next' }
  assert.equal(after(query, '', ['X-Next: 5&a=1']).query, 'from=5%26a%3D1')
  assert.deepEqual(after(byHeader, '', ['x-next: abc']), { query: '', headers: [['X-Since', 'abc']] })
})

test('a hostile header value writes no header lines and has an end', () => {
  const { headers } = after(byHeader, '', [`X-Next: ${'a'.repeat(10_000)}`])
  assert.equal(headers[0]![1].length, 4096)
})

test('validators of both kinds; an answer without them keeps the last', () => {
  const cursor = after({ kind: 'etag' }, '', ['ETag: "7"', 'Last-Modified: Sun, 22 Nov 2026 10:00:00 GMT'])
  assert.deepEqual(cursor.headers, [
    ['If-None-Match', '"7"'],
    ['If-Modified-Since', 'Sun, 22 Nov 2026 10:00:00 GMT'],
  ])
  assert.deepEqual(after({ kind: 'etag' }, '', [], cursor), cursor)
})

test('none begins anew each time', () => {
  assert.deepEqual(after({ kind: 'none' }, '{"last":1}', ['ETag: 1']), START)
})

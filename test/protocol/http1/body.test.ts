import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BodyFraming } from '../../../src/protocol/http1/body-framing.ts'
import { recordBody } from './body-recorder.ts'

const chunked: BodyFraming = { kind: 'chunked', length: 0, violations: [] }
const untilClose: BodyFraming = { kind: 'until-close', length: 0, violations: [] }
const none: BodyFraming = { kind: 'none', length: 0, violations: [] }
const length = (bytes: number): BodyFraming => ({ kind: 'length', length: bytes, violations: [] })

const wholeBodies: [string, BodyFraming, string, { data: string; chunks?: number[]; trailers?: [string, string][] }][] =
  [
    ['Content-Length', length(5), 'hello', { data: 'hello' }],
    ['one chunk', chunked, '5\r\nhello\r\n0\r\n\r\n', { data: 'hello', chunks: [5] }],
    ['only the last chunk', chunked, '0\r\n\r\n', { data: '', chunks: [] }],
    [
      'leading zeros and both cases of digits',
      chunked,
      `0a\r\n0123456789\r\n000B\r\n0123456789a\r\n000\r\n\r\n`,
      { data: '01234567890123456789a', chunks: [10, 11] },
    ],
    [
      'extensions, also quoted, and padding',
      chunked,
      '3;a=b;c="d;e"\r\nabc\r\n2 ; x\r\nde\r\n1  \r\nf\r\n0;last\r\n\r\n',
      { data: 'abcdef', chunks: [3, 2, 1] },
    ],
    [
      'data that looks like framing',
      chunked,
      '8\r\n0\r\n\r\n5\r\n\r\n0\r\n\r\n',
      { data: '0\r\n\r\n5\r\n', chunks: [8] },
    ],
    [
      'trailers',
      chunked,
      '1\r\nx\r\n0\r\nExpires: 0\r\nX-Sum:  a b \r\n\r\n',
      {
        data: 'x',
        chunks: [1],
        trailers: [
          ['Expires', '0'],
          ['X-Sum', 'a b'],
        ],
      },
    ],
  ]

for (const [name, framing, wire, expected] of wholeBodies) {
  const next = 'HTTP/1.1 200 OK'
  const check = (reads: Buffer[]) => {
    const body = recordBody(framing, reads)
    assert.deepEqual(
      { data: body.data, chunks: body.chunks, trailers: body.trailers, ends: body.ends, violation: body.violation },
      { chunks: [], trailers: [], ...expected, ends: [true], violation: undefined },
    )
    assert.equal(body.taken, wire.length)
    assert.equal(body.payloadBytes, expected.data.length)
    assert.equal(body.payloadBytes + body.framingBytes + body.trailerBytes, wire.length)
  }
  test(`${name}: ends exactly before the next message, at every split and byte by byte`, () => {
    const bytes = Buffer.from(wire + next)
    for (let at = 0; at <= bytes.length; at += 1) check([bytes.subarray(0, at), bytes.subarray(at)])
    check([...bytes].map(byte => Buffer.of(byte)))
  })
  test(`${name}: cut off at any byte it is incomplete`, () => {
    for (let at = 0; at < wire.length; at += 1) {
      const body = recordBody(framing, [Buffer.from(wire.slice(0, at))], true)
      assert.deepEqual([body.ends, body.violation], [[false], 'the connection ended inside the body'])
      assert.equal(body.payloadBytes + body.framingBytes + body.trailerBytes, at)
    }
  })
}

test('an empty body ends in the next push and takes nothing', () => {
  for (const framing of [none, length(0)]) {
    const body = recordBody(framing, [Buffer.from('next')])
    assert.deepEqual([body.ends, body.taken, body.data], [[true], 0, ''])
    assert.deepEqual(recordBody(framing, [], true).ends, [true])
  }
})

test('a body until close is complete when the connection ends', () => {
  const body = recordBody(untilClose, [Buffer.from('ab'), Buffer.from('c')], true)
  assert.deepEqual([body.data, body.ends, body.payloadBytes, body.violation], ['abc', [true], 3, undefined])
})

test('an unreadable framing ends at once with its reason', () => {
  const violations = [{ kind: 'content-length-conflict', text: 'Content-Length: 1, 2' }] as const
  const body = recordBody({ kind: 'invalid', length: 0, violations: [...violations] }, [Buffer.from('ab')])
  assert.deepEqual([body.ends, body.taken, body.violation], [[false], 0, 'Content-Length: 1, 2'])
})

const broken: [string, string, RegExp][] = [
  ['a size of 2^64-1', 'ffffffffffffffff\r\n', /too large/],
  ['a size beyond 2^53', '20000000000000\r\n', /too large/],
  ['endless zeros', '0'.repeat(100), /too large/],
  ['a size line without digits', '\r\n', /does not start with/],
  ['a negative size', '-1\r\n', /does not start with/],
  ['a size in 0x notation', '0x5\r\nhello', /not hexadecimal/],
  ['a bare LF after the size', '5\nhello', /bare LF/],
  ['a bare LF after an extension', '5;a\nhello', /bare LF/],
  ['a CR inside the size line', '5\rx', /CR inside/],
  ['more data than announced', '2\r\nabc', /longer than its size/],
  ['no LF after the data', '1\r\na\rb', /no LF/],
  ['an endless extension', `5;${'x'.repeat(5000)}`, /extension is too long/],
  ['endless trailers', `0\r\n${'a: b\r\n'.repeat(5000)}`, /trailer section is too long/],
  ['a bare LF in the trailers', '0\r\nA: b\n\r\n', /bare LF/],
]

for (const [name, wire, violation] of broken) {
  test(`${name} breaks the body off, whole and byte by byte`, () => {
    const bytes = Buffer.from(wire)
    for (const reads of [[bytes], [...bytes].map(byte => Buffer.of(byte))]) {
      const body = recordBody(chunked, reads)
      assert.deepEqual(body.ends, [false])
      assert.match(body.violation ?? '', violation)
      assert.equal(body.payloadBytes + body.framingBytes + body.trailerBytes, body.taken)
    }
  })
}

test('a huge but possible chunk size is announced without reserving memory', () => {
  const body = recordBody(chunked, [Buffer.from('1fffffffffffff\r\nab')])
  assert.deepEqual([body.chunks, body.data, body.ends], [[Number.MAX_SAFE_INTEGER], 'ab', []])
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  header,
  headerAll,
  headerHasToken,
  headerList,
  type RequestHead,
  type ResponseHead,
} from '../../../src/protocol/http1/head.ts'
import {
  type HeadReader,
  type HeadResult,
  requestHeadReader,
  responseHeadReader,
} from '../../../src/protocol/http1/head-reader.ts'

const response = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nVary: a, b\r\nvary:\tc\r\nX-Empty:\r\n\r\n'

test('a response head is read in one piece and its end is exact', () => {
  const buffer = Buffer.from(`junk${response}data: 1\n\n`)
  const result = responseHeadReader().push(buffer, 4, buffer.length)
  assert.ok(result.kind === 'head')
  assert.equal(result.end, 4 + response.length)
  const { head } = result
  assert.deepEqual(
    { version: head.version, status: head.status, reason: head.reason, bytes: head.bytes, notes: head.notes },
    { version: '1.1', status: 200, reason: 'OK', bytes: response.length, notes: [] },
  )
  assert.deepEqual(head.headers, [
    ['Content-Type', 'text/event-stream'],
    ['Vary', 'a, b'],
    ['vary', 'c'],
    ['X-Empty', ''],
  ])
})

test('a response head is the same at every split and byte by byte', () => {
  const whole = readAll(responseHeadReader(), [response])
  assert.ok(whole.kind === 'head')
  const same = (pieces: string[]) => {
    const result = readAll(responseHeadReader(), pieces)
    assert.deepEqual(result, { kind: 'head', head: whole.head, end: pieces.at(-1)!.length })
  }
  for (let at = 1; at < response.length; at += 1) same([response.slice(0, at), response.slice(at)])
  same([...response])
})

test('one reader reads heads one after the other, interim responses included', () => {
  const reader = responseHeadReader()
  const wire = Buffer.from('HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.0 204 \r\n\r\n')
  const first = reader.push(wire, 0, wire.length)
  assert.ok(first.kind === 'head' && first.head.status === 103)
  const second = reader.push(wire, first.end, wire.length)
  assert.ok(second.kind === 'head')
  assert.deepEqual([second.head.version, second.head.status, second.head.reason], ['1.0', 204, ''])
  assert.equal(second.end, wire.length)
})

test('header helpers ignore case, keep order and respect quoted commas', () => {
  const fields = {
    headers: [
      ['Connection', 'keep-alive, Upgrade'],
      ['X', 'a, "b, \\"c"'],
      ['x', ', d,'],
    ] as [string, string][],
  }
  assert.equal(header(fields, 'connection'), 'keep-alive, Upgrade')
  assert.equal(header(fields, 'missing'), undefined)
  assert.deepEqual(headerAll(fields, 'X'), ['a, "b, \\"c"', ', d,'])
  assert.deepEqual(headerList(fields, 'x'), ['a', '"b, \\"c"', 'd'])
  assert.equal(headerHasToken(fields, 'connection', 'upgrade'), true)
  assert.equal(headerHasToken(fields, 'connection', 'up'), false)
})

const deviations: [string, string, string[], [string, string][]][] = [
  ['bare LF', 'HTTP/1.1 200 OK\nA: 1\n\n', ['bare-lf 0', 'bare-lf 1', 'bare-lf 2'], [['A', '1']]],
  [
    'obs-fold',
    'HTTP/1.1 200 OK\r\nA: 1\r\n\t 2\r\nB: 3\r\n\r\n',
    ['obs-fold 2'],
    [
      ['A', '1 2'],
      ['B', '3'],
    ],
  ],
  ['space before colon', 'HTTP/1.1 200 OK\r\nA : 1\r\n\r\n', ['space-before-colon 1'], [['A', '1']]],
  [
    'space before the first field',
    'HTTP/1.1 200 OK\r\n A: 1\r\nB: 2\r\n\r\n',
    ['space-before-first-field 1'],
    [['B', '2']],
  ],
  ['a line without colon', 'HTTP/1.1 200 OK\r\nA\r\n\r\n', ['no-colon 1'], []],
  [
    'a bad name',
    'HTTP/1.1 200 OK\r\nA(b): 1\r\n: 2\r\n\r\n',
    ['bad-name 1', 'bad-name 2'],
    [
      ['A(b)', '1'],
      ['', '2'],
    ],
  ],
  ['a control byte', 'HTTP/1.1 200 OK\r\nA: 1\x002\r\n\r\n', ['control-byte 1'], [['A', '1\x002']]],
  ['a bare CR', 'HTTP/1.1 200 OK\r\nA: 1\r2\r\n\r\n', ['bare-cr 1'], [['A', '1\r2']]],
  ['obs-text', 'HTTP/1.1 200 OK\r\nA: \xa0\xe9\r\n\r\n', ['non-ascii 1'], [['A', '\xa0\xe9']]],
  ['blank lines before', '\r\n\nHTTP/1.1 200 OK\r\n\r\n', ['leading-blank-line 0'], []],
  ['spacing of the status line', 'HTTP/1.1  200\r\n\r\n', ['start-line-spacing 0'], []],
  ['a tab before the reason', 'HTTP/1.1 200 \tOK\r\n\r\n', ['start-line-spacing 0'], []],
  ['an unknown class of status', 'HTTP/1.1 600 OK\r\n\r\n', ['status-out-of-range 0'], []],
]

for (const [name, wire, notes, headers] of deviations) {
  test(`${name} is survived and noted, whole and byte by byte`, () => {
    for (const pieces of [[wire], [...wire]]) {
      const result = readAll(responseHeadReader({ keepLines: true }), pieces)
      assert.ok(result.kind === 'head', JSON.stringify(result))
      assert.deepEqual(
        result.head.notes.map(note => `${note.kind} ${note.line}`),
        notes,
      )
      assert.deepEqual(result.head.headers, headers)
      assert.equal(result.head.bytes, wire.length)
    }
  })
}

test('raw lines are kept on request', () => {
  const result = readAll(responseHeadReader({ keepLines: true }), ['HTTP/1.1 200 OK\r\nA :1 \r\n  x\r\n\r\n'])
  assert.deepEqual(result.kind === 'head' && result.head.lines, ['HTTP/1.1 200 OK', 'A :1 ', '  x'])
})

const hopeless: [string, string, RegExp][] = [
  ['another protocol', '220 mail ready\r\n', /does not speak HTTP\/1: "2/],
  ['a TLS alert', '\x15\x03\x01\x00\x02\x02\x46', /does not speak HTTP\/1/],
  ['HTTP/2 frames', '\x00\x00\x12\x04\x00\x00\x00\x00\x00', /does not speak HTTP\/1/],
  ['a status of two digits', 'HTTP/1.1 20 OK\r\n', /not a status line/],
  ['a version without minor', 'HTTP/2 200\r\n', /not a status line/],
]

for (const [name, wire, reason] of hopeless) {
  test(`${name} is recognised without waiting for a blank line`, () => {
    for (const pieces of [[wire], [...wire]]) {
      const result = readAll(responseHeadReader(), pieces)
      assert.ok(result.kind === 'malformed')
      assert.match(result.reason, reason)
    }
  })
}

test('size and number of header lines are bounded', () => {
  const endless = readAll(responseHeadReader({ maxBytes: 100 }), ['HTTP/1.1 200 OK\r\n', ...Array(50).fill('A: b\r\n')])
  assert.deepEqual(endless, { kind: 'malformed', reason: 'the head is longer than 100 bytes' })
  const exact = `HTTP/1.1 200 OK\r\nA: ${'x'.repeat(76)}\r\n\r\n`
  assert.equal(exact.length, 100)
  assert.equal(readAll(responseHeadReader({ maxBytes: 100 }), [exact]).kind, 'head')
  assert.equal(readAll(responseHeadReader({ maxBytes: 99 }), [exact]).kind, 'malformed')
  const many = `HTTP/1.1 200 OK\r\n${'A: b\r\n'.repeat(4)}\r\n`
  assert.equal(readAll(responseHeadReader({ maxHeaders: 4 }), [many]).kind, 'head')
  assert.equal(readAll(responseHeadReader({ maxHeaders: 3 }), [many]).kind, 'malformed')
})

test('a request head is read the same way', () => {
  const wire = '\r\nGET /a?b HTTP/1.1\r\nHost: x\r\n\r\n'
  for (const pieces of [[wire], [...wire]]) {
    const result = readAll(requestHeadReader(), pieces)
    assert.ok(result.kind === 'head')
    const { method, target, version, headers, bytes } = result.head
    assert.deepEqual([method, target, version, headers, bytes], ['GET', '/a?b', '1.1', [['Host', 'x']], wire.length])
  }
  assert.equal(readAll(requestHeadReader(), ['GET /\r\n']).kind, 'malformed')
  assert.equal(readAll(requestHeadReader(), ['\x16\x03\x01\x02\x00\x01']).kind, 'malformed')
})

function readAll<Head extends ResponseHead | RequestHead>(
  reader: HeadReader<Head>,
  pieces: string[],
): HeadResult<Head> {
  let result: HeadResult<Head> = { kind: 'more' }
  for (const piece of pieces) {
    result = reader.push(Buffer.from(piece, 'latin1'), 0, piece.length)
    if (result.kind !== 'more') break
  }
  return result
}

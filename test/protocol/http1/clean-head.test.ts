import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type HeadReader, requestHeadReader, responseHeadReader } from '../../../src/protocol/http1/head-reader.ts'
import type { RequestHead, ResponseHead } from '../../../src/protocol/http1/head.ts'
import { type Random, seededRandom } from '../../../src/world/random.ts'
import { randomReads } from '../random-reads.ts'

const startLines = {
  response: [
    'HTTP/1.1 200 OK',
    'HTTP/1.0 404 ',
    'HTTP/1.1 200',
    'HTTP/1.1  200 OK',
    'HTTP/1.1 999 x',
    'HTTP/1.2 200 y',
    'HTTP/1.1 200 \t z',
  ],
  request: ['GET / HTTP/1.1', 'POST  /a HTTP/1.0', 'GET /a b HTTP/1.1', 'OPTIONS * HTTP/1.1 ', 'GET\t/ HTTP/1.1'],
}
const malformedStartLines = [
  'HTTP/1.1 20',
  'HTTP/2 200 OK',
  'GET / HTTP/1',
  'GET HTTP/1.1',
  'G(T / HTTP/1.1',
  'hello',
  'HTTP/1.1 abc',
]
const lines = [
  'A: 1',
  'Bee:2 ',
  'C:  \t3\t',
  'D:',
  'e: a:b',
  ' fold',
  '\tfold',
  'F : 1',
  ': x',
  'nothing',
  'G(: 1',
  'H: \xe9',
  'I: \x01',
  'J: \r x',
  'K:\xa0',
]

for (const kind of ['response', 'request'] as const) {
  const newReader = (keepLines: boolean): HeadReader<ResponseHead | RequestHead> =>
    (kind === 'response' ? responseHeadReader : requestHeadReader)({ keepLines, maxHeaders: 6 }) as never

  test(`the fast path for ${kind} heads agrees with the tolerant reader, which agrees with itself at any split`, () => {
    const random = seededRandom(kind.length)
    for (let round = 0; round < 5000; round += 1) {
      const wire = randomHead(startLines[kind], random)
      const tolerant = read(newReader(true), [wire])
      assert.deepEqual(read(newReader(false), [wire]), tolerant, JSON.stringify(wire.toString('latin1')))
      assert.deepEqual(read(newReader(false), randomReads(wire, 20, random)), tolerant)
    }
  })
}

function randomHead(starts: string[], random: Random): Buffer {
  const pick = (items: string[]) => items[Math.floor(random() * items.length)]!
  const clean = random() < 0.3
  const end = () => (clean || random() < 0.9 ? '\r\n' : '\n')
  let text = random() < 0.05 ? end() : ''
  text += pick(random() < 0.05 ? malformedStartLines : starts) + end()
  for (let count = Math.floor(random() * 8); count > 0; count -= 1)
    text += pick(clean ? lines.slice(0, 5) : lines) + end()
  return Buffer.from(`${text}${end()}body`, 'latin1')
}

function read(reader: HeadReader<ResponseHead | RequestHead>, reads: Iterable<Buffer>): unknown {
  let taken = 0
  for (const bytes of reads) {
    const result = reader.push(bytes, 0, bytes.length)
    // How much of a malformed start line is quoted depends on how much of it was there.
    if (result.kind === 'malformed') return result.reason.replace(/: ".*$/, '')
    if (result.kind === 'head') {
      const { lines: _kept, ...head } = result.head
      return { head, end: taken + result.end }
    }
    taken += bytes.length
  }
  return 'more'
}

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatSseEvent } from '../../../src/protocol/sse/format.ts'
import { readSseStream } from '../../../src/protocol/sse/events.ts'
import { SseParser, type SseSink } from '../../../src/protocol/sse/parser.ts'
import { seededRandom } from '../../../src/world/random.ts'
import { randomReads } from '../random-reads.ts'

const quiet: SseSink<unknown> = { event() {}, comment() {}, retry() {}, oversized() {} }

test('data of one line that lies whole in the read is given in place', () => {
  const read = Buffer.from('id: 1\nevent: e\ndata: hello\n\n')
  const seen: unknown[] = []
  const parser = new SseParser()
  parser.push(read, 0, read.length, { ...quiet, event: (_, buffer, start, end) => seen.push(buffer, start, end) }, 0)
  assert.equal(seen[0], read)
  assert.deepEqual(seen.slice(1), [21, 26])
})

test('a read inside a larger buffer sees nothing of its surroundings', () => {
  const buffer = Buffer.from('data: 0\n\ndata: 1\n\ndata: 2\n\n')
  const data: string[] = []
  new SseParser().push(buffer, 9, 18, { ...quiet, event: (_, b, s, e) => data.push(b.toString('utf8', s, e)) }, 0)
  assert.deepEqual(data, ['1'])
})

test('a line end that stands right behind a large read belongs to something else', () => {
  const buffer = Buffer.from(`data: ${'x'.repeat(2000)}#`)
  const rest = Buffer.from('yz\n\n')
  const bytes: number[] = []
  for (const lineEnd of ['\n', '\r']) {
    const parser = new SseParser()
    const sink = { ...quiet, event: (_: unknown, __: Buffer, start: number, end: number) => bytes.push(end - start) }
    buffer.write(lineEnd, 2006)
    parser.push(buffer, 0, 2006, sink, 0)
    parser.push(rest, 0, rest.length, sink, 0)
  }
  assert.deepEqual(bytes, [2002, 2002])
})

test('id and type survive the overwriting of the read buffer between id line and data line', () => {
  const shared = Buffer.alloc(64)
  const parser = new SseParser()
  const seen: string[] = []
  const sink = { ...quiet, event: () => seen.push(`${parser.eventType} ${parser.lastEventId}`) }
  for (const text of ['id: first\nevent: tick\n', 'data: 1\n', '\ndata: 2\n\nid: second\n', '\nid: third\n', '\n']) {
    shared.fill('#')
    parser.push(shared, 0, shared.write(text), sink, 0)
  }
  assert.deepEqual(seen, ['tick first', 'message first'])
  assert.equal(parser.lastEventId, 'third')
})

test('payload and framing add up to the bytes of the stream, in every cut', () => {
  const random = seededRandom(7)
  const datas = ['a', 'b\nc', '', 'd'.repeat(2000), '\n']
  const stream = Buffer.from(`\ufeff: c\r\n${datas.map(data => formatSseEvent({ data, id: 'x' })).join('')}data: lost`)
  for (let round = 0; round < 50; round += 1) {
    const parser = new SseParser()
    for (const read of randomReads(stream, 1 + round * 3, random)) parser.push(read, 0, read.length, quiet, 0)
    assert.equal(parser.bytes, stream.length)
    assert.equal(parser.payloadBytes, datas.join('').length)
    assert.equal(parser.framingBytes, stream.length - parser.payloadBytes)
    assert.equal(parser.events, datas.length)
    assert.equal(parser.insideEvent, true)
  }
})

test('an event over the limit is reported once and skipped with its id, at every split', () => {
  const small = `id: 1\ndata: ${'x'.repeat(14)}\n\n`
  const oversized = [
    `id: 2\ndata: ${'x'.repeat(15)}\n\n`,
    `id: 3\n${'data: yyyy\n'.repeat(10)}\n`,
    `:${'z'.repeat(30)}\n\n`,
  ]
  const event = { type: 'message', data: 'x'.repeat(14), lastEventId: '1' }
  const bytes = Buffer.from(`${oversized.map(block => block + small).join('')}`)
  for (let at = 0; at <= bytes.length; at += 1) {
    const seen = readSseStream([bytes.subarray(0, at), bytes.subarray(at)], 20)
    assert.equal(seen.oversized, 3)
    assert.deepEqual(
      seen.events,
      Array.from({ length: 3 }, () => event),
    )
  }
})

test('a line that never ends is bounded', () => {
  const read = Buffer.alloc(65536, 'x')
  const parser = new SseParser(100_000)
  let oversized = 0
  const sink = { ...quiet, oversized: () => (oversized += 1) }
  for (let index = 0; index < 100; index += 1) parser.push(read, 0, read.length, sink, 0)
  assert.equal(oversized, 1)
})

test('comments and fields without a blank line do not add up to an oversized event', () => {
  assert.equal(readSseStream([Buffer.from(`${': ping\nid: 1\nevent: e\n'.repeat(1000)}data: 1\n\n`)], 30).oversized, 0)
})

test('a restarted stream expects a byte order mark, forgets the unfinished event and keeps the id', () => {
  const parser = new SseParser()
  const seen: string[] = []
  const sink = { ...quiet, event: () => seen.push(`${parser.eventType} ${parser.lastEventId}`) }
  const push = (text: string) => parser.push(Buffer.from(text), 0, Buffer.byteLength(text), sink, 0)
  push('id: 5\ndata: 1\n\nevent: gone\nid: 6\ndata: lost\r')
  parser.restart()
  assert.equal(parser.insideEvent, false)
  push('\ufeffdata: 2\n\n')
  push('id: 9\ndata: un')
  parser.restart()
  push('\ufeff\ndata: 3\n\n')
  assert.deepEqual(seen, ['message 5', 'message 5', 'message 5'])
})

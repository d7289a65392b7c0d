import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SseNoteKind, SseStreamFacts } from '../../../src/protocol/sse/stream-facts.ts'
import { SseStreamObserver } from '../../../src/protocol/sse/stream-observer.ts'
import { seededRandom } from '../../../src/world/random.ts'
import { randomReads } from '../random-reads.ts'

test('a clean stream has no notes', () => {
  const facts = observe('\ufeff: hi\n\nretry: 1500\n\nevent: tick\nid: 1\ndata: a\ndata:b\n\ndata: c\n\n')
  assert.deepEqual(facts.notes, {})
  const { byteOrderMark, lineEnds, events, multiLineEvents, comments, dataLines, retries, ids, eventNames } = facts
  assert.deepEqual(
    { byteOrderMark, lineEnds, events, multiLineEvents, comments, dataLines, retries, ids, eventNames },
    {
      byteOrderMark: true,
      lineEnds: { lf: 11, crlf: 0, cr: 0 },
      events: 2,
      multiLineEvents: 1,
      comments: 1,
      dataLines: 3,
      retries: [1500],
      ids: 1,
      eventNames: ['tick'],
    },
  )
  assert.deepEqual([facts.spacedValues, facts.unspacedValues], [5, 1])
})

test('line ends are told apart, also over reads', () => {
  assert.deepEqual(observe('data:a\r\n\r\ndata:b\r\rdata:c\n\n\r').lineEnds, { lf: 2, crlf: 2, cr: 3 })
})

const notes: [string, string | Buffer, SseNoteKind, { offset: number; text: string }][] = [
  ['an unknown field', 'data: 1\nfoo: bar\n\n', 'unknown-field', { offset: 8, text: 'foo: bar' }],
  ['a name in the wrong case', '\n\nData: 1\n\n', 'misspelt-field', { offset: 2, text: 'Data: 1' }],
  ['a name with a space before', ' data: 1\n\n', 'misspelt-field', { offset: 0, text: ' data: 1' }],
  ['a field without colon', 'data\n\n', 'field-without-colon', { offset: 0, text: 'data' }],
  ['retry with a unit', 'retry: 3s\n\n', 'bad-retry', { offset: 0, text: 'retry: 3s' }],
  ['an empty retry', 'retry:\n\n', 'bad-retry', { offset: 0, text: 'retry:' }],
  ['NUL in an id', 'id: a\0\ndata: 1\n\n', 'nul-in-id', { offset: 0, text: 'id: a\0' }],
  ['an id beyond ASCII', 'id: é\ndata: 1\n\n', 'non-ascii-id', { offset: 0, text: 'id: é' }],
  ['an empty event name', 'data: 1\r\nevent: \r\n\r\n', 'empty-event-name', { offset: 9, text: 'event: ' }],
  ['an event called error', 'event: error\ndata: 1\n\n', 'colliding-event-name', { offset: 0, text: 'event: error' }],
  ['an event without data', 'data: 1\n\nid: 7\nevent: x\n\n', 'block-without-data', { offset: 9, text: 'id: 7' }],
  ['spaces as a heartbeat', 'data: 1\n\n  \n\n', 'whitespace-line', { offset: 9, text: '  ' }],
  ['invalid UTF-8', Buffer.from('data: \xe2\x82\n\n', 'latin1'), 'invalid-utf8', { offset: 0, text: 'data: \ufffd' }],
  [
    'a byte order mark after a blank line',
    'data: 1\n\n\ufeffdata: 2\n\n',
    'late-byte-order-mark',
    { offset: 9, text: '\ufeffdata: 2' },
  ],
  ['an event without blank line', 'data: 1\n\nid: 2\ndata: 2\n', 'unfinished-event', { offset: 9, text: 'id: 2' }],
  ['an event without line end', 'data: 1\n\ndata: 2', 'unfinished-event', { offset: 9, text: 'data: 2' }],
]

for (const [name, stream, kind, sample] of notes) {
  test(`${name} is noted where it stands`, () => {
    assert.deepEqual(observe(stream).notes[kind], { count: 1, samples: [sample] })
  })
}

test('an unfinished comment loses nothing', () => {
  assert.deepEqual(observe('data: 1\n\n: pin').notes, {})
})

test('samples are few and short, counts are not', () => {
  const { notes: seen } = observe(`${'x'.repeat(500)}\n`.repeat(50))
  assert.equal(seen['unknown-field']?.count, 50)
  assert.deepEqual(
    seen['unknown-field']?.samples.map(({ text }) => text.length),
    [120, 120, 120, 120, 120],
  )
})

test('a line longer than the limit is noted once, at every split, and the stream goes on', () => {
  const bytes = Buffer.from(`data: 1\n\ndata: ${'x'.repeat(100)}\n\ndata: 2\n\n`)
  for (let at = 0; at <= bytes.length; at += 1) {
    const observer = new SseStreamObserver(50)
    observer.push(bytes, 0, at)
    observer.push(bytes, at, bytes.length)
    const facts = observer.facts()
    assert.deepEqual(facts.notes, { 'oversized-line': { count: 1, samples: [{ offset: 9, text: '' }] } })
    assert.equal(facts.events, 3)
  }
})

test('pieces of the transport are laid on the events', () => {
  const observer = new SseStreamObserver()
  for (const piece of ['data: 1\n\n', 'data: 2\n\ndata: 3\n\n', 'data: 4\n', '\n', '', ': ping\n\n']) {
    observer.push(Buffer.from(piece), 0, piece.length)
    observer.pieceEnd()
  }
  assert.deepEqual(observer.facts().pieces, {
    pieces: 5,
    endingInsideEvent: 1,
    withoutEvent: 2,
    withSeveralEvents: 1,
    mostEvents: 2,
  })
})

/** The facts of a stream, which have to be the same however it is cut into reads. */
function observe(stream: string | Buffer): SseStreamFacts {
  const bytes = Buffer.from(stream as string)
  const random = seededRandom(bytes.length)
  const whole = observeReads([bytes])
  for (let at = 0; at <= bytes.length; at += 1) {
    assert.deepEqual(observeReads([bytes.subarray(0, at), bytes.subarray(at)]), whole)
  }
  for (let round = 0; round < 10; round += 1) assert.deepEqual(observeReads(randomReads(bytes, 4, random)), whole)
  return whole
}

function observeReads(reads: Iterable<Buffer>): SseStreamFacts {
  const observer = new SseStreamObserver()
  for (const read of reads) observer.push(read, 0, read.length)
  observer.streamEnd()
  return observer.facts()
}

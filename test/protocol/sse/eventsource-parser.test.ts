// The parser that most JavaScript clients use, as a second opinion on random streams. Where it leaves the standard the
// comparison is adapted: it gives each event its own id and forgets ids of blocks without data (the standard keeps the
// last id); it waits for the byte after a CR at the end of a read (the standard does not); it expects decoded text and
// therefore the decoder to drop the byte order mark; it hands comments over without their first space.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import { createParser } from 'eventsource-parser'
import { SseParser } from '../../../src/protocol/sse/parser.ts'
import { type Random, seededRandom } from '../../../src/world/random.ts'
import { randomReads } from '../random-reads.ts'

const pieces = [
  'data: a',
  'data:b',
  'data',
  'data:  é😀',
  'event: tick',
  'event:',
  'id: 1',
  'id: 22',
  'id',
  'id: \0',
  'retry: 10',
  'retry: x',
  ': note',
  ':',
  'unknown: 1',
  'Data: 1',
  'data : 1',
  '\ufeffdata: 1',
  `data: ${'long'.repeat(400)}`,
].map(text => Buffer.from(text))
const invalid = [
  Buffer.from([0xff]),
  Buffer.from('data: \xe2\x82', 'latin1'),
  Buffer.from('data: \xf0\x9f\x98x', 'latin1'),
]
const lineEnds = ['\n', '\n', '\n\n', '\r\n', '\r\n\r\n', '\r', '\r\r', '\n\r'].map(text => Buffer.from(text))

for (const maxBytes of [1, 3, 40, 70_000]) {
  test(`eventsource-parser sees the same in random streams, reads of up to ${maxBytes} bytes`, () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const random = seededRandom(seed)
      const stream = randomStream(20 + Math.floor(random() * 200), random)
      const expected = theirs(randomReads(stream, maxBytes, random))
      const seen = ours(randomReads(stream, maxBytes, random))
      seen.forEach((entry, index) => {
        if (expected[index]?.[2] === undefined) entry.length = Math.min(entry.length, 2)
      })
      const firstDifference = seen.findIndex((entry, index) => !isDeepStrictEqual(entry, expected[index]))
      assert.deepEqual(seen[firstDifference], expected[firstDifference], `seed ${seed}, entry ${firstDifference}`)
      assert.equal(seen.length, expected.length, `seed ${seed}`)
    }
  })
}

/** An event as [type, data, id if its own block had one]; a comment or a retry as one value. */
type Entry = (string | number)[]

function randomStream(lines: number, random: Random): Buffer {
  const pick = <Item>(items: Item[]): Item => items[Math.floor(random() * items.length)]!
  const parts = [Buffer.from(random() < 0.5 ? '\ufeff' : '')]
  for (let index = 0; index < lines; index += 1) {
    parts.push(random() < 0.1 ? pick(invalid) : pick(pieces))
    parts.push(pick(lineEnds))
  }
  // A comment at the end shows the last CR of the stream to the parser that waits for the byte after it.
  return Buffer.concat([...parts, Buffer.from(':end\n')])
}

function theirs(reads: Iterable<Buffer>): Entry[] {
  const seen: Entry[] = []
  const decoder = new TextDecoder()
  const parser = createParser({
    onEvent: ({ event = 'message', data, id }) => seen.push(id === undefined ? [event, data] : [event, data, id]),
    onComment: comment => seen.push([comment]),
    onRetry: ms => seen.push([ms]),
  })
  for (const read of reads) parser.feed(decoder.decode(read, { stream: true }))
  return seen
}

function ours(reads: Iterable<Buffer>): Entry[] {
  const seen: Entry[] = []
  const parser = new SseParser()
  for (const read of reads) {
    parser.push(
      read,
      0,
      read.length,
      {
        event: (context, buffer, start, end) =>
          context.push([parser.eventType, buffer.toString('utf8', start, end), parser.lastEventId]),
        comment: (context, buffer, start, end) => context.push([buffer.toString('utf8', start, end).replace(/^ /, '')]),
        retry: (context, ms) => context.push([ms]),
        oversized: () => assert.fail('nothing here is oversized'),
      },
      seen,
    )
  }
  return seen
}

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSseStream } from '../../../src/protocol/sse/events.ts'
import { seededRandom } from '../../../src/world/random.ts'
import { randomReads } from '../random-reads.ts'
import { type WireFormatCase, wireFormatCases } from './wire-format-cases.ts'

for (const example of wireFormatCases) {
  const bytes = Buffer.from(example.stream as string)
  test(`${example.name}, in one read`, () => check(example, [bytes]))
  test(`${example.name}, in two reads at every place`, () => {
    for (let at = 0; at <= bytes.length; at += 1) check(example, [bytes.subarray(0, at), bytes.subarray(at)])
  })
  test(`${example.name}, byte by byte from one shared buffer`, () => {
    const shared = Buffer.alloc(1)
    check(
      example,
      (function* () {
        for (const byte of bytes) {
          shared[0] = byte
          yield shared
        }
      })(),
    )
  })
  test(`${example.name}, in random reads`, () => {
    const random = seededRandom(bytes.length)
    for (let round = 0; round < 20; round += 1) check(example, randomReads(bytes, 12, random))
  })
}

function check(example: WireFormatCase, reads: Iterable<Buffer>): void {
  const seen = readSseStream(reads)
  assert.equal(seen.events.length, example.events.length)
  example.events.forEach((event, index) => {
    assert.deepEqual({ ...seen.events[index], ...event }, seen.events[index])
  })
  if (example.retries !== undefined) assert.deepEqual(seen.retries, example.retries)
  if (example.comments !== undefined) assert.deepEqual(seen.comments, example.comments)
  if (example.lastEventId !== undefined) assert.equal(seen.lastEventId, example.lastEventId)
}

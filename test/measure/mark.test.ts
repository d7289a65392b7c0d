import assert from 'node:assert/strict'
import test from 'node:test'
import { createMark, findMark, MARK_BYTES, readMark, renumberMark, runTag, writeMark } from '../../src/measure/mark.ts'
import { seededRandom } from '../../src/world/random.ts'

const WRAP_MS = 2 ** 42 / 1000

function roundTrip(source: number, sequence: number, scheduledMs: number, sentMs: number, nowMs: number) {
  const bytes = Buffer.alloc(MARK_BYTES)
  writeMark(bytes, 0, 7, source, sequence, scheduledMs, sentMs)
  const mark = createMark()
  assert.ok(readMark(bytes, 0, nowMs, mark))
  return { ...mark, bytes }
}

test('what is written is read, to the microsecond', () => {
  const random = seededRandom(1)
  for (let i = 0; i < 2000; i += 1) {
    const source = Math.floor(random() * 2 ** 24)
    const sequence = Math.floor(random() * 2 ** 30)
    const scheduledMs = Math.floor(random() * 1e13) / 1000
    const sentMs = scheduledMs + Math.floor(random() * 1e9) / 1000
    const mark = roundTrip(source, sequence, scheduledMs, sentMs, sentMs + random() * 1e6)
    assert.equal(mark.source, source)
    assert.equal(mark.sequence, sequence)
    assert.ok(Math.abs(mark.scheduledMs - scheduledMs) < 0.002)
    assert.ok(Math.abs(mark.sentMs - sentMs) < 0.002)
  }
})

test('the largest values fit, and the smallest', () => {
  const { source, sequence } = roundTrip(2 ** 24 - 1, 2 ** 30 - 1, 1000, 1000, 2000)
  assert.deepEqual([source, sequence], [2 ** 24 - 1, 2 ** 30 - 1])
  assert.equal(roundTrip(0, 0, 0, 0, 0).scheduledMs, 0)
})

test('a lag that does not fit is the longest that does; a send before its schedule has none', () => {
  const late = roundTrip(0, 0, 1000, 1000 + 3_600_000, 4_000_000)
  assert.ok(Math.abs(late.sentMs - late.scheduledMs - (2 ** 30 - 1) / 1000) < 0.01)
  const early = roundTrip(0, 0, 1000, 999, 2000)
  assert.equal(early.sentMs, early.scheduledMs)
})

test('a mark with another number is that of another message of the same moment', () => {
  const random = seededRandom(2)
  for (let i = 0; i < 200; i += 1) {
    const next = Math.floor(random() * 2 ** 30)
    const { bytes } = roundTrip(0x123456, Math.floor(random() * 2 ** 30), 5000.125, 5003.5, 6000)
    renumberMark(bytes, 0, next)
    assert.deepEqual(bytes, roundTrip(0x123456, next, 5000.125, 5003.5, 6000).bytes)
  }
})

test('the clock may wrap between sending and reading', () => {
  for (const beforeMs of [0.001, 1, 5000]) {
    const scheduledMs = WRAP_MS - beforeMs
    const nowMs = WRAP_MS + 3
    const mark = roundTrip(1, 2, scheduledMs, scheduledMs, nowMs)
    assert.ok(Math.abs(nowMs - mark.scheduledMs - (beforeMs + 3)) < 0.002)
  }
})

test('a receiver whose clock is a little behind sees a message from the future', () => {
  const mark = roundTrip(1, 2, 5000, 5000, 4999)
  assert.ok(Math.abs(mark.scheduledMs - 5000) < 0.002)
})

test('a mark is text that JSON and URLs carry as it is', () => {
  const random = seededRandom(2)
  for (let i = 0; i < 500; i += 1) {
    const bytes = Buffer.alloc(MARK_BYTES)
    const time = random() * 1e10
    writeMark(bytes, 0, i & 0xfff, Math.floor(random() * 2 ** 24), i, time, time + random() * 100)
    const text = bytes.toString('latin1')
    assert.match(text, /^~[0-9A-Za-z_-]{23}$/)
    assert.equal(JSON.stringify(text), `"${text}"`)
    assert.equal(encodeURIComponent(text), text)
  }
})

test('a mark is found anywhere, only within its range, and only of its run', () => {
  const bytes = Buffer.from(`~~{"a":"${'.'.repeat(MARK_BYTES)}"}~~`)
  writeMark(bytes, 8, 300, 1, 2, 3, 3)
  assert.equal(findMark(bytes, 0, bytes.length, 300), 8)
  assert.equal(findMark(bytes, 8, 8 + MARK_BYTES, 300), 8)
  assert.equal(findMark(bytes, 9, bytes.length, 300), -1)
  assert.equal(findMark(bytes, 0, 7 + MARK_BYTES, 300), -1)
  assert.equal(findMark(bytes, 0, bytes.length, 301), -1)
  assert.equal(findMark(Buffer.alloc(3, '~'), 0, 3, 300), -1)
})

test('one byte that is no digit, and it is no mark', () => {
  for (let at = 3; at < MARK_BYTES; at += 1) {
    for (const wrong of [0x00, 0x20, 0x22, 0x7e, 0x80, 0xff]) {
      const bytes = Buffer.alloc(MARK_BYTES)
      writeMark(bytes, 0, 5, 1, 2, 3, 3)
      bytes[at] = wrong
      assert.equal(readMark(bytes, 0, 10, createMark()), false, `byte ${at} = ${wrong}`)
    }
  }
})

test('the tag is twelve bits', () => {
  assert.equal(runTag(0x12345), 0x345)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { constants, deflateRawSync } from 'node:zlib'
import { Deflater, Inflater } from '../../../src/protocol/websocket/deflate.ts'
import { walkDeflate } from '../../../src/protocol/websocket/deflate-walk.ts'
import { seededRandom } from '../../../src/world/random.ts'
import { randomBytes } from './random-stream.ts'

const LIMIT = 1 << 20
const takeover = { contextTakeover: true, windowBits: 15 }
const single = { contextTakeover: false, windowBits: 15 }

function inflateHex(hex: string, inflater = new Inflater(single)): string {
  const result = inflater.inflate(Buffer.from(hex, 'hex'), LIMIT)
  assert.ok(result.ok, result.ok ? '' : result.text)
  return result.bytes.toString('latin1')
}

const vectors: [string, string, string][] = [
  ['one fixed block', 'f248cdc9c90700', 'Hello'],
  ['a stored block', '000500faff48656c6c6f00', 'Hello'],
  ['a final block', 'f348cdc9c9070000', 'Hello'],
  ['two blocks', 'f24805000000ffffcac9c90700', 'Hello'],
  ['an empty message', '00', ''],
]

for (const [title, wire, text] of vectors) {
  test(`the RFC 7692 §7.2.3 vector of ${title} inflates`, () => {
    assert.equal(inflateHex(wire), text)
    assert.equal(inflateHex(wire, new Inflater(takeover)), text)
  })
}

test('the second message of RFC 7692 §7.2.3.2 needs the first', () => {
  const inflater = new Inflater(takeover)
  assert.equal(inflateHex('f248cdc9c90700', inflater), 'Hello')
  assert.equal(inflateHex('f200110000', inflater), 'Hello')
  const alone = new Inflater(single)
  assert.equal(inflateHex('f248cdc9c90700', alone), 'Hello')
  const second = alone.inflate(Buffer.from('f200110000', 'hex'), LIMIT)
  assert.deepEqual({ ok: second.ok, fault: !second.ok && second.fault }, { ok: false, fault: 'corrupt' })
})

test('a message goes on after a final block, and so does the window', () => {
  const inflater = new Inflater(takeover)
  assert.equal(inflateHex('f348cdc9c90700f348cdc9c9070000', inflater), 'HelloHello')
  assert.equal(inflateHex('f200110000', inflater), 'Hello')
  assert.equal(inflateHex('f348cdc9c90700f200110000', new Inflater(single)), 'HelloHello')
})

test('final blocks without end are cut off', () => {
  const result = new Inflater(single).inflate(Buffer.alloc(20_000, '0300', 'hex'), LIMIT)
  assert.deepEqual(result, {
    ok: false,
    fault: 'corrupt',
    text: 'compressed data cannot be inflated: over 64 final blocks in one message',
  })
})

test('the limit is exact, and a bomb is a value', () => {
  for (const size of [0, 1, 1000, 100_000]) {
    const compressed = new Deflater(single).deflate(Buffer.alloc(size, 'x'))
    const exact = new Inflater(single).inflate(compressed, size)
    assert.ok(exact.ok && exact.bytes.length === size)
    if (size === 0) continue
    const over = new Inflater(single).inflate(compressed, size - 1)
    assert.ok(!over.ok && over.fault === 'too-big', `size ${size}`)
  }
  const bomb = new Deflater(single).deflate(Buffer.alloc(64 << 20))
  assert.ok(bomb.length < 1 << 17)
  const before = process.memoryUsage().arrayBuffers
  const result = new Inflater(takeover).inflate(bomb, 1000)
  assert.deepEqual(result, { ok: false, fault: 'too-big', text: 'inflated message over the limit' })
  assert.ok(process.memoryUsage().arrayBuffers - before < 4 << 20)
})

test('what cannot be inflated is a value', () => {
  for (const hex of ['ff', '07', '0001000000', 'f248cdc9c907ff', '04c0']) {
    const result = new Inflater(single).inflate(Buffer.from(hex, 'hex'), LIMIT)
    assert.ok(!result.ok && result.fault === 'corrupt', hex)
  }
})

for (let windowBits = 8; windowBits <= 15; windowBits += 1) {
  test(`200 messages through a window of ${windowBits} bits come back, and no reference leaves it`, () => {
    const random = seededRandom(windowBits)
    const direction = { contextTakeover: true, windowBits }
    const deflater = new Deflater(direction)
    const inflater = new Inflater(direction)
    let farthest = 0
    let reachedBack = 0
    for (let i = 0; i < 200; i += 1) {
      const message = randomBytes(random, i % 20 === 0 ? 70_000 : 1000)
      const compressed = deflater.deflate(message)
      const facts = walkDeflate(compressed)
      assert.equal(facts.fault, null)
      assert.equal(facts.outputBytes, message.length)
      farthest = Math.max(farthest, facts.farthestDistance)
      reachedBack = Math.max(reachedBack, facts.reachesBackBytes)
      const result = inflater.inflate(compressed, message.length)
      assert.ok(result.ok && result.bytes.equals(message), `message ${i}`)
    }
    assert.ok(farthest <= 1 << windowBits, `reached back ${farthest} bytes`)
    assert.ok(farthest > 1 << (windowBits - 2) && reachedBack > 0, 'the window was hardly used')
  })
}

test('without takeover every message stands alone', () => {
  const deflater = new Deflater(single)
  const message = Buffer.from('the same again and again, the same again and again')
  const first = deflater.deflate(message)
  assert.deepEqual(deflater.deflate(message), first)
  assert.equal(walkDeflate(first).reachesBackBytes, 0)
  const again = new Deflater(takeover)
  assert.ok(again.deflate(message).length > again.deflate(message).length)
})

test('a deflater that remembers less refers back less, and is understood', () => {
  const deflater = new Deflater(takeover, { rememberedBytes: 300, level: 9 })
  const inflater = new Inflater(takeover)
  const message = Buffer.from('quick brown foxes jump over the lazy dog; vexing wizards')
  const reached = [message, message, Buffer.alloc(300, 'z'), message].map(next => {
    const compressed = deflater.deflate(next)
    const result = inflater.inflate(compressed, 1000)
    assert.ok(result.ok && result.bytes.equals(next))
    return walkDeflate(compressed).reachesBackBytes
  })
  assert.ok(reached[1]! > 0 && reached[3] === 0, `${reached}`)
})

test('an empty message is one octet and leaves the window as it was', () => {
  const deflater = new Deflater(takeover)
  const inflater = new Inflater(takeover)
  for (const text of ['Hello', '', 'Hello']) {
    const compressed = deflater.deflate(Buffer.from(text))
    if (text === '') assert.equal(compressed.toString('hex'), '00')
    const result = inflater.inflate(compressed, 5)
    assert.ok(result.ok && result.bytes.toString() === text)
  }
})

test('every level and strategy of zlib inflates', () => {
  const message = Buffer.from('abcabcabcabd'.repeat(500))
  for (const strategy of [constants.Z_DEFAULT_STRATEGY, constants.Z_HUFFMAN_ONLY, constants.Z_RLE, constants.Z_FIXED]) {
    for (const level of [0, 1, 6, 9]) {
      const stream = deflateRawSync(message, { level, strategy, finishFlush: constants.Z_SYNC_FLUSH })
      const result = new Inflater(single).inflate(stream.subarray(0, -4), LIMIT)
      assert.ok(result.ok && result.bytes.equals(message), `level ${level}, strategy ${strategy}`)
    }
  }
})

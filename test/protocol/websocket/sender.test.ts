import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FrameReader } from '../../../src/protocol/websocket/frame-reader.ts'
import { frameSize, MaskKeys, writeClose, writeFrame, writePong } from '../../../src/protocol/websocket/sender.ts'

const keys = new MaskKeys()

/** Every length form and every remainder of the four-byte loops, below and above the switch to words. */
const sizes = [0, 1, 2, 3, 4, 5, 6, 7, 124, 125, 126, 127, 190, 191, 192, 193, 255, 256, 257, 259, 65535, 65536, 70001]

test('frames of every size, at every alignment, unmask to their payload', () => {
  for (const size of sizes) {
    const payload = Buffer.alloc(size, 'the payload')
    for (let offset = 0; offset < 5; offset += 1) {
      const target = Buffer.alloc(frameSize(size) + 8, 0xee)
      const end = writeFrame(target, offset, 2, payload, keys)
      assert.equal(end, offset + frameSize(size))
      const [frame, ...more] = new FrameReader({ maxPayloadBytes: size }).push(target.subarray(offset, end))
      assert.equal(more.length, 0)
      assert.deepEqual(frame?.payload, payload, `size ${size} at ${offset}`)
      assert.equal(frame?.masked, true)
      assert.equal(frame?.fin, true)
      assert.equal(frame?.rsv1, false)
      assert.equal(frame?.wireBytes, frameSize(size))
      assert.ok(target.subarray(0, offset).every(octet => octet === 0xee))
      assert.ok(target.subarray(end).every(octet => octet === 0xee))
    }
  }
})

test('every frame has a key of its own', () => {
  const target = Buffer.alloc(6 * 5000)
  const payload = Buffer.alloc(0)
  for (let at = 0; at < target.length;) at = writeFrame(target, at, 1, payload, keys)
  const frames = new FrameReader({ maxPayloadBytes: 0 }).push(target)
  assert.equal(frames.length, 5000)
  assert.ok(new Set(frames.map(frame => frame.maskKey?.toString('hex'))).size > 4990)
})

test('a compressed payload sets RSV1', () => {
  const target = Buffer.alloc(16)
  const end = writeFrame(target, 0, 1, Buffer.from('x'), keys, true)
  assert.equal(new FrameReader({ maxPayloadBytes: 9 }).push(target.subarray(0, end))[0]?.rsv1, true)
})

test('close and pong frames carry their payload', () => {
  const target = Buffer.alloc(200)
  let end = writeClose(target, 0, keys, 1000, 'done')
  end = writePong(target, end, keys, Buffer.from('same'))
  end = writeClose(target, end, keys)
  const frames = new FrameReader({ maxPayloadBytes: 125 }).push(target.subarray(0, end))
  assert.deepEqual(
    frames.map(frame => [frame.opcode, frame.payload.toString('latin1')]),
    [
      [8, '\x03\xe8done'],
      [10, 'same'],
      [8, ''],
    ],
  )
  assert.throws(() => writeClose(target, 0, keys, 1000, 'x'.repeat(124)), RangeError)
})

test('a frame that does not fit is refused and nothing is written', () => {
  const target = Buffer.alloc(10, 0xee)
  assert.throws(() => writeFrame(target, 0, 1, Buffer.alloc(5), keys), RangeError)
  assert.ok(target.every(octet => octet === 0xee))
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeFrame, type FrameSpec, minimalForm } from '../../../src/protocol/websocket/frame.ts'
import { FrameReader } from '../../../src/protocol/websocket/frame-reader.ts'

const hex = (spec: FrameSpec) => encodeFrame(spec).toString('hex')
const hello = Buffer.from('Hello')
const key = Buffer.from('37fa213d', 'hex')

test('the examples of RFC 6455 §5.7 come out byte for byte', () => {
  assert.equal(hex({ opcode: 1, mask: null, payload: hello }), '810548656c6c6f')
  assert.equal(hex({ opcode: 1, mask: key, payload: hello }), '818537fa213d7f9f4d5158')
  assert.equal(hex({ opcode: 1, mask: null, fin: false, payload: Buffer.from('Hel') }), '010348656c')
  assert.equal(hex({ opcode: 0, mask: null, payload: Buffer.from('lo') }), '80026c6f')
  assert.equal(hex({ opcode: 9, mask: null, payload: hello }), '890548656c6c6f')
  assert.equal(hex({ opcode: 10, mask: key, payload: hello }), '8a8537fa213d7f9f4d5158')
  assert.equal(hex({ opcode: 2, mask: null, payload: Buffer.alloc(256) }).slice(0, 8), '827e0100')
  assert.equal(hex({ opcode: 2, mask: null, payload: Buffer.alloc(65536) }).slice(0, 20), '827f0000000000010000')
})

test('the minimal form changes at 126 and at 65536', () => {
  const forms = [0, 1, 125, 126, 127, 65535, 65536].map(length => minimalForm(length))
  assert.deepEqual(forms, [7, 7, 7, 16, 16, 16, 64])
})

test('every malformed header can be written', () => {
  assert.equal(hex({ opcode: 9, mask: null, lengthForm: 16, payload: hello }), '897e000548656c6c6f')
  assert.equal(hex({ opcode: 1, mask: null, lengthForm: 64, payload: hello }), '817f000000000000000548656c6c6f')
  assert.equal(hex({ opcode: 2, mask: null, declaredLength: 1n << 63n }), '827f8000000000000000')
  assert.equal(hex({ opcode: 2, mask: null, declaredLength: (1n << 64n) - 1n }), '827fffffffffffffffff')
  assert.equal(hex({ opcode: 2, mask: key, declaredLength: 2 ** 40 }), '82ff000001000000000037fa213d')
  assert.equal(hex({ opcode: 15, mask: null, fin: false, rsv1: true, rsv2: true, rsv3: true }), '7f00')
  assert.equal(hex({ opcode: 2, mask: null, rsv2: true }), 'a200')
  assert.equal(hex({ opcode: 8, mask: null, fin: false, declaredLength: 3, payload: Buffer.of(1) }), '080301')
})

test('a length that its form cannot hold is refused', () => {
  assert.throws(() => encodeFrame({ opcode: 1, mask: null, lengthForm: 7, declaredLength: 126 }), RangeError)
  assert.throws(() => encodeFrame({ opcode: 1, mask: null, lengthForm: 16, declaredLength: 65536 }), RangeError)
  assert.throws(() => encodeFrame({ opcode: 1, mask: Buffer.alloc(3) }), RangeError)
})

const shapes = [0, 1, 125, 126, 127, 65535, 65536].flatMap(size =>
  [null, key].map(mask => ({ opcode: size % 2 === 0 ? 2 : 1, mask, payload: Buffer.alloc(size, 'abcdefg') })),
)

test('the reader gives back what was written, with every fact of the header', () => {
  for (const spec of shapes) {
    const wire = encodeFrame({ ...spec, rsv2: true })
    const [frame, ...more] = new FrameReader({ maxPayloadBytes: 65536 }).push(wire)
    assert.ok(frame)
    assert.equal(more.length, 0)
    assert.deepEqual(frame.payload, spec.payload)
    assert.equal(frame.declaredLength, BigInt(spec.payload.length))
    assert.equal(frame.lengthForm, minimalForm(spec.payload.length))
    assert.deepEqual(frame.maskKey, spec.mask)
    assert.equal(frame.masked, spec.mask !== null)
    assert.deepEqual(frame.header, wire.subarray(0, wire.length - spec.payload.length))
    assert.equal(frame.wireBytes, wire.length)
    assert.deepEqual([frame.fin, frame.rsv1, frame.rsv2, frame.rsv3], [true, false, true, false])
    assert.equal(frame.opcode, spec.opcode)
    assert.equal(frame.oversized, false)
  }
})

test('non-minimal forms are read as written', () => {
  const reader = new FrameReader({ maxPayloadBytes: 100 })
  for (const lengthForm of [7, 16, 64] as const) {
    const [frame] = reader.push(encodeFrame({ opcode: 1, mask: key, payload: hello, lengthForm }))
    assert.equal(frame?.lengthForm, lengthForm)
    assert.equal(frame?.payload.toString(), 'Hello')
  }
})

test('one octet at a time gives the same frames as all at once', () => {
  const wire = Buffer.concat(shapes.filter(spec => spec.payload.length < 200).map(encodeFrame))
  const reader = new FrameReader({ maxPayloadBytes: 200 })
  const single = [...wire].flatMap(octet => reader.push(Buffer.of(octet)))
  assert.deepEqual(single, new FrameReader({ maxPayloadBytes: 200 }).push(wire))
  assert.equal(single.length, 10)
  assert.equal(reader.pendingBytes, 0)
})

test('every split of a 14-byte header is survived', () => {
  const wire = encodeFrame({ opcode: 2, mask: key, lengthForm: 64, payload: hello })
  for (let split = 0; split <= wire.length; split += 1) {
    const reader = new FrameReader({ maxPayloadBytes: 5 })
    const frames = [...reader.push(wire.subarray(0, split)), ...reader.push(wire.subarray(split))]
    assert.equal(frames.length, 1)
    assert.equal(frames[0]?.payload.toString(), 'Hello', `split at ${split}`)
  }
})

test('a frame over the limit is told by its header alone and ends the reading', () => {
  const reader = new FrameReader({ maxPayloadBytes: 1000 })
  const huge = encodeFrame({ opcode: 2, mask: null, declaredLength: (1n << 64n) - 1n })
  const frames = reader.push(Buffer.concat([encodeFrame({ opcode: 1, mask: null, payload: hello }), huge, hello]))
  assert.equal(frames.length, 2)
  assert.equal(frames[1]?.oversized, true)
  assert.equal(frames[1]?.declaredLength, (1n << 64n) - 1n)
  assert.equal(reader.stopped, true)
  assert.deepEqual(reader.push(encodeFrame({ opcode: 1, mask: null, payload: hello })), [])
})

test('what has begun and not ended can be seen', () => {
  const reader = new FrameReader({ maxPayloadBytes: 1000 })
  assert.deepEqual(reader.push(encodeFrame({ opcode: 1, mask: null, payload: hello, declaredLength: 9 })), [])
  assert.equal(reader.pendingBytes, 7)
  assert.equal(reader.pendingFrame?.declaredLength, 9n)
})

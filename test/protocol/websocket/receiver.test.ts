import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeFrame } from '../../../src/protocol/websocket/frame.ts'
import { Receiver } from '../../../src/protocol/websocket/receiver.ts'
import { recordingSink, type Seen } from './recording-sink.ts'

const options = { maxMessageBytes: 70_000, validateUtf8: true }
const frame = (opcode: number, text: string, fin = true) =>
  encodeFrame({ opcode, fin, mask: null, payload: Buffer.from(text) })

/** Pushes the wire in pieces of `step` bytes through one reused buffer, as a socket does. */
function receive(wire: Buffer, step = wire.length, settings = options): Seen[] {
  const sink = recordingSink()
  const receiver = new Receiver<string>(settings)
  const shared = Buffer.alloc(step + 3)
  for (let at = 0; at < wire.length; at += step) {
    const piece = wire.subarray(at, at + step)
    shared.fill(0xee)
    shared.set(piece, 3)
    receiver.push(shared, 3, 3 + piece.length, sink, 'connection')
  }
  assert.equal(sink.bytes.payload + sink.bytes.framing, wire.length)
  return sink.seen
}

test('messages of every length form arrive whole and in place', () => {
  for (const size of [0, 1, 125, 126, 127, 65535, 65536]) {
    const payload = Buffer.alloc(size, 'xyz')
    for (const step of [1, 2, 7, 1000, 70_000]) {
      if (step === 1 && size > 1000) continue
      const seen = receive(encodeFrame({ opcode: 1, mask: null, payload }), step)
      assert.deepEqual(seen, [{ what: 'message', opcode: 1, bytes: payload }], `size ${size}, step ${step}`)
    }
  }
})

test('control frames between fragments come through and the message is joined', () => {
  const wire = Buffer.concat([
    frame(1, 'a', false),
    frame(9, 'ping'),
    frame(0, '', false),
    frame(10, 'pong'),
    frame(0, 'bc', false),
    frame(0, ''),
    frame(2, 'next'),
    frame(8, ''),
    frame(1, 'after the close'),
  ])
  for (let step = 1; step <= wire.length; step += 1) {
    assert.deepEqual(receive(wire, step), [
      { what: 'ping', bytes: Buffer.from('ping') },
      { what: 'pong', bytes: Buffer.from('pong') },
      { what: 'message', opcode: 1, bytes: Buffer.from('abc') },
      { what: 'message', opcode: 2, bytes: Buffer.from('next') },
      { what: 'close', code: 1005, text: '' },
    ])
  }
})

test('a close carries its code and reason', () => {
  const payload = Buffer.from('03e9c3bc', 'hex')
  for (const step of [1, 6]) {
    const seen = receive(encodeFrame({ opcode: 8, mask: null, payload }), step)
    assert.deepEqual(seen, [{ what: 'close', code: 1001, text: 'ü' }])
  }
})

const violations: [string, string, number, string][] = [
  ['a masked frame', '818000000000', 1002, 'masked frame from the server'],
  ['RSV1 without an extension', 'c100', 1002, 'reserved bit 1 set'],
  ['RSV2', 'a100', 1002, 'reserved bit set'],
  ['RSV3 on a ping', '9900', 1002, 'reserved bit set'],
  ['opcode 3', '8300', 1002, 'reserved opcode 3'],
  ['opcode 7', '8700', 1002, 'reserved opcode 7'],
  ['opcode 11', '8b00', 1002, 'reserved opcode 11'],
  ['opcode 15', '8f00', 1002, 'reserved opcode 15'],
  ['a fragmented ping', '0900', 1002, 'fragmented control frame'],
  ['a ping of 126 bytes', '897e007e', 1002, 'control frame over 125 bytes'],
  ['a lone continuation', '8000', 1002, 'continuation without a message to continue'],
  ['a message in a message', '01008100', 1002, 'new message inside a fragmented message'],
  ['a 64-bit length with its top bit set', '827f80', 1002, 'most significant bit of a 64-bit length set'],
  ['a message over the limit', '827f0000000000011171', 1009, 'message over 70000 bytes'],
  ['an absurd length', '827f7fffffffffffffff', 1009, 'message over 70000 bytes'],
  ['text that is not UTF-8', '8102c328', 1007, 'text that is not UTF-8'],
  ['a sequence cut by the end of the text', '8101c3', 1007, 'text that is not UTF-8'],
  ['a close payload of one byte', '880103', 1002, 'close payload of one byte'],
  ['close code 1005', '880203ed', 1002, 'close code 1005 must not be sent'],
  ['close code 999', '880203e7', 1002, 'close code 999 must not be sent'],
  ['a close reason that is not UTF-8', '880303e8ff', 1007, 'close reason that is not UTF-8'],
]

for (const [title, wireHex, code, text] of violations) {
  test(`${title} fails the connection and nothing is read after it`, () => {
    const wire = Buffer.concat([frame(1, 'before'), Buffer.from(wireHex, 'hex'), frame(1, 'after')])
    for (const step of [1, 3, wire.length]) {
      assert.deepEqual(receive(wire, step), [
        { what: 'message', opcode: 1, bytes: Buffer.from('before') },
        { what: 'violation', code, text },
      ])
    }
  })
}

test('fragments count together against the message limit', () => {
  const wire = Buffer.concat([frame(2, 'x'.repeat(6), false), frame(0, 'x'.repeat(5))])
  const settings = { maxMessageBytes: 10, validateUtf8: true }
  assert.deepEqual(receive(wire, 1, settings), [{ what: 'violation', code: 1009, text: 'message over 10 bytes' }])
  assert.deepEqual(receive(frame(2, 'x'.repeat(11)), 99, settings), [
    { what: 'violation', code: 1009, text: 'message over 10 bytes' },
  ])
})

test('a code point cut by fragments and reads is valid text', () => {
  const euro = Buffer.from('e282ac', 'hex')
  const parts = [...euro].map((octet, i) =>
    encodeFrame({ opcode: i === 0 ? 1 : 0, fin: i === 2, mask: null, payload: Buffer.of(octet) }),
  )
  for (const step of [1, 2, 9])
    assert.deepEqual(receive(Buffer.concat(parts), step), [{ what: 'message', opcode: 1, bytes: euro }])
})

test('text is delivered unchecked when validation is off', () => {
  const seen = receive(Buffer.from('8102c328', 'hex'), 4, { maxMessageBytes: 100, validateUtf8: false })
  assert.deepEqual(seen, [{ what: 'message', opcode: 1, bytes: Buffer.from('c328', 'hex') }])
})

test('lengths in a longer form than needed are read and counted', () => {
  const sink = recordingSink()
  const payload = Buffer.from('hi')
  for (const lengthForm of [7, 16, 64] as const) {
    const wire = encodeFrame({ opcode: 1, mask: null, payload, lengthForm })
    new Receiver<string>(options).push(wire, 0, wire.length, sink, '')
  }
  assert.equal(sink.nonMinimalLengths, 2)
  assert.equal(sink.seen.length, 3)
})

test('data payload and everything else are counted apart', () => {
  const sink = recordingSink()
  const wire = Buffer.concat([
    frame(1, '12345'),
    frame(9, 'abc'),
    frame(2, 'x'.repeat(200)),
    Buffer.from('8300ff', 'hex'),
  ])
  const receiver = new Receiver<string>(options)
  for (const octet of wire) receiver.push(Buffer.of(octet), 0, 1, sink, '')
  assert.equal(sink.bytes.payload, 205)
  assert.equal(sink.bytes.framing, wire.length - 205)
})

test('a receiver stopped from within its sink reads no further', () => {
  const sink = recordingSink()
  const receiver = new Receiver<string>(options)
  const wire = Buffer.concat([frame(1, 'one'), frame(1, 'two'), frame(1, 'three')])
  const message = sink.message
  sink.message = (...given) => {
    message(...given)
    if (sink.seen.length === 2) receiver.stop()
  }
  receiver.push(wire, 0, wire.length, sink, '')
  assert.equal(sink.seen.length, 2)
  assert.equal(receiver.done, true)
  assert.equal(sink.bytes.payload + sink.bytes.framing, wire.length)
})

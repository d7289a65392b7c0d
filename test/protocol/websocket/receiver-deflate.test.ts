import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Deflater, Inflater } from '../../../src/protocol/websocket/deflate.ts'
import { encodeFrame, type FrameSpec } from '../../../src/protocol/websocket/frame.ts'
import { Receiver } from '../../../src/protocol/websocket/receiver.ts'
import { recordingSink, type Seen } from './recording-sink.ts'

const direction = { contextTakeover: true, windowBits: 15 }
const frame = (spec: Partial<FrameSpec>) => encodeFrame({ opcode: 1, mask: null, ...spec })
const hello = Buffer.from('f248cdc9c90700', 'hex')

/** Octet by octet and all at once must be the same. */
function receive(...frames: Buffer[]): Seen[] {
  const wire = Buffer.concat(frames)
  const [single, whole] = [1, wire.length].map(step => {
    const sink = recordingSink()
    const receiver = new Receiver<string>({ maxMessageBytes: 1000, validateUtf8: true }, new Inflater(direction))
    for (let at = 0; at < wire.length; at += step) {
      receiver.push(wire, at, Math.min(at + step, wire.length), sink, '')
    }
    assert.equal(sink.bytes.payload + sink.bytes.framing, wire.length)
    return sink.seen
  })
  assert.deepEqual(single, whole)
  return single!
}

const helloMessage: Seen = { what: 'message', opcode: 1, bytes: Buffer.from('Hello') }

test('compressed, fragmented and plain messages mix, with control frames between', () => {
  const seen = receive(
    frame({ rsv1: true, payload: hello }),
    frame({ payload: Buffer.from('plain') }),
    frame({ rsv1: true, fin: false, payload: Buffer.from('f200', 'hex') }),
    frame({ opcode: 9 }),
    frame({ opcode: 0, payload: Buffer.from('110000', 'hex') }),
    frame({ rsv1: true, payload: Buffer.of(0) }),
  )
  assert.deepEqual(seen, [
    helloMessage,
    { what: 'message', opcode: 1, bytes: Buffer.from('plain') },
    { what: 'ping', bytes: Buffer.alloc(0) },
    helloMessage,
    { what: 'message', opcode: 1, bytes: Buffer.alloc(0) },
  ])
})

test('RSV1 anywhere but on the first frame of a message breaks RFC 7692 §6', () => {
  const violation = [{ what: 'violation', code: 1002, text: 'reserved bit 1 set' }]
  for (const opcode of [8, 9, 10]) assert.deepEqual(receive(frame({ opcode, rsv1: true })), violation)
  const begun = frame({ rsv1: true, fin: false, payload: hello.subarray(0, 3) })
  assert.deepEqual(receive(begun, frame({ opcode: 0, rsv1: true, payload: hello.subarray(3) })), violation)
  const plain = frame({ fin: false, payload: Buffer.from('x') })
  assert.deepEqual(receive(plain, frame({ opcode: 0, rsv1: true })), violation)
  const other = [{ what: 'violation', code: 1002, text: 'reserved bit set' }]
  assert.deepEqual(receive(frame({ rsv1: true, rsv2: true, payload: hello })), other)
})

test('a bomb fails with 1009, garbage and text that inflates to no UTF-8 with 1007', () => {
  const deflate = (bytes: Buffer) => frame({ rsv1: true, payload: new Deflater(direction).deflate(bytes) })
  const codes = (wire: Buffer) => receive(wire).map(event => (event.what === 'violation' ? event.code : event.what))
  assert.deepEqual(codes(deflate(Buffer.alloc(1000, 'x'))), ['message'])
  assert.deepEqual(codes(deflate(Buffer.alloc(1001, 'x'))), [1009])
  assert.deepEqual(codes(deflate(Buffer.alloc(1 << 20))), [1009])
  assert.deepEqual(codes(frame({ rsv1: true, payload: Buffer.from('ffff', 'hex') })), [1007])
  assert.deepEqual(codes(deflate(Buffer.from('c328', 'hex'))), [1007])
})

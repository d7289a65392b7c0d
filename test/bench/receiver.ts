// CPU time per frame of the load driver's WebSocket codec, with the sink call. The flood is copied into one shared buffer
// read by read, so frames are cut by the ends of reads as they are on a connection.
import { encodeFrame } from '../../src/protocol/websocket/frame.ts'
import { Receiver } from '../../src/protocol/websocket/receiver.ts'
import type { ReceiverSink } from '../../src/protocol/websocket/receiver-sink.ts'
import { frameSize, MaskKeys, writeFrame } from '../../src/protocol/websocket/sender.ts'
import { cpuTimePerUnit } from './cpu-time.ts'

const READ_BYTES = 64 * 1024
const FLOOD_BYTES = 1024 * 1024
const BATCH_BYTES = 128 * 1024 * 1024
const BATCH_FRAMES = 2_000_000

class CountingSink implements ReceiverSink<number> {
  readonly bytes = { payload: 0, framing: 0 }
  nonMinimalLengths = 0
  messages = 0
  lastOctet = 0
  message(_context: number, _opcode: number, buffer: Buffer, start: number, end: number): void {
    this.messages += 1
    if (end > start) this.lastOctet = buffer[end - 1]!
  }
  ping(): void {}
  pong(): void {}
  close(): void {}
  violation(_context: number, code: number, text: string): void {
    throw new Error(`${code} ${text}`)
  }
}

function receive(opcode: number, payload: Buffer, validateUtf8 = true): string {
  const frame = encodeFrame({ opcode, mask: null, payload })
  const frames = Math.ceil(FLOOD_BYTES / frame.length)
  const flood = Buffer.concat(Array.from({ length: frames }, () => frame))
  const rounds = Math.ceil(Math.min(BATCH_FRAMES / frames, BATCH_BYTES / flood.length))
  const receiver = new Receiver<number>({ maxMessageBytes: 1 << 24, validateUtf8 })
  const sink = new CountingSink()
  const shared = Buffer.alloc(READ_BYTES)
  let pushed = 0
  const result = cpuTimePerUnit(rounds * frames, () => {
    for (let round = 0; round < rounds; round += 1) {
      for (let at = 0; at < flood.length; at += READ_BYTES) {
        const read = flood.copy(shared, 0, at, at + READ_BYTES)
        receiver.push(shared, 0, read, sink, 1)
        pushed += read
      }
    }
  })
  if (sink.bytes.payload + sink.bytes.framing !== pushed) throw new Error('bytes are lost')
  return result
}

function send(size: number): string {
  const keys = new MaskKeys()
  const payload = Buffer.alloc(size, 'x')
  const perBuffer = Math.max(1, Math.floor(READ_BYTES / frameSize(size)))
  const target = Buffer.alloc(perBuffer * frameSize(size))
  const rounds = Math.ceil(Math.min(BATCH_FRAMES / perBuffer, BATCH_BYTES / target.length))
  return cpuTimePerUnit(rounds * perBuffer, () => {
    for (let round = 0; round < rounds; round += 1) {
      for (let at = 0, i = 0; i < perBuffer; i += 1) at = writeFrame(target, at, 1, payload, keys)
    }
  })
}

for (const size of [8, 22, 34, 125, 126, 1024, 16384]) {
  const letters = Buffer.alloc(size, 'the payload')
  const accented = Buffer.alloc(size - (size % 2), 'é')
  console.log(`receive text ${size} B`.padEnd(34), receive(1, letters))
  console.log(`receive text ${size} B, two-byte letters`.padEnd(34), receive(1, accented))
  console.log(`receive text ${size} B, unchecked`.padEnd(34), receive(1, letters, false))
  console.log(`receive binary ${size} B`.padEnd(34), receive(2, letters))
}
for (const size of [0, 8, 22, 34, 64, 125, 160, 175, 176, 256, 1024, 16384, 65536]) {
  console.log(`send ${size} B`.padEnd(34), send(size))
}

// CPU time of the load driver's codec: `node dist/test/bench/receiver.js` prints ns per frame, the median of 9 batches.
import { encodeFrame } from '../../src/protocol/websocket/frame.ts'
import { Receiver } from '../../src/protocol/websocket/receiver.ts'
import type { ReceiverSink } from '../../src/protocol/websocket/receiver-sink.ts'
import { frameSize, MaskKeys, writeFrame } from '../../src/protocol/websocket/sender.ts'

const BATCHES = 9
const BATCH_MS = 100
const READ_BYTES = 64 * 1024
const FLOOD_BYTES = 1024 * 1024

/** Runs `work` for a while in batches; `perCall` is how many frames one call handles. Returns ns of CPU per frame. */
function cpuNsPerFrame(perCall: number, work: () => void): number {
  for (let warmUp = process.cpuUsage(); spentNs(warmUp) < 5e7;) work()
  const batches = Array.from({ length: BATCHES }, () => {
    const before = process.cpuUsage()
    let calls = 0
    for (; spentNs(before) < BATCH_MS * 1e6; calls += 8) for (let i = 0; i < 8; i += 1) work()
    return spentNs(before) / calls / perCall
  })
  return batches.sort((a, b) => a - b)[BATCHES >> 1]!
}

function spentNs(before: NodeJS.CpuUsage): number {
  const spent = process.cpuUsage(before)
  return (spent.user + spent.system) * 1000
}

class CountingSink implements ReceiverSink<number> {
  payloadBytes = 0
  framingBytes = 0
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

/** A server's flood of equal frames, read into one buffer of 64 KiB that cuts frames wherever it ends. */
function flood(opcode: number, payload: Buffer, validateUtf8: boolean): number {
  const frame = encodeFrame({ opcode, mask: null, payload })
  const frames = Math.ceil(FLOOD_BYTES / frame.length)
  const wire = Buffer.concat(Array.from({ length: frames }, () => frame))
  const receiver = new Receiver<number>({ maxMessageBytes: 1 << 24, validateUtf8 })
  const sink = new CountingSink()
  const shared = Buffer.alloc(READ_BYTES)
  return cpuNsPerFrame(frames, () => {
    for (let at = 0; at < wire.length; at += READ_BYTES) {
      const read = wire.copy(shared, 0, at, at + READ_BYTES)
      receiver.push(shared, 0, read, sink, 1)
    }
  })
}

function send(size: number): number {
  const keys = new MaskKeys()
  const payload = Buffer.alloc(size, 'x')
  const perCall = Math.max(1, Math.floor(READ_BYTES / frameSize(size)))
  const target = Buffer.alloc(perCall * frameSize(size))
  return cpuNsPerFrame(perCall, () => {
    let at = 0
    for (let i = 0; i < perCall; i += 1) at = writeFrame(target, at, 1, payload, keys)
  })
}

function report(what: string, bytes: number, ns: number): void {
  const rates = `${(1e3 / ns).toFixed(1).padStart(7)} M frames/s ${((bytes * 1e3) / ns).toFixed(0).padStart(6)} MB/s`
  console.log(`${what.padEnd(34)} ${ns.toFixed(1).padStart(9)} ns/frame ${rates}`)
}

for (const size of [8, 22, 34, 125, 126, 1024, 16384]) {
  const ascii = Buffer.alloc(size, 'the payload')
  const accented = Buffer.alloc(size - (size % 2), 'é')
  report(`receive text ${size} B`, size, flood(1, ascii, true))
  report(`receive text ${size} B, two-byte letters`, size, flood(1, accented, true))
  report(`receive text ${size} B, unchecked`, size, flood(1, ascii, false))
  report(`receive binary ${size} B`, size, flood(2, ascii, true))
}
for (const size of [0, 8, 22, 34, 64, 125, 160, 191, 192, 256, 1024, 16384, 65536])
  report(`send ${size} B`, size, send(size))

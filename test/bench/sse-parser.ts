// CPU time per event of the SSE parser, with the sink call. Each read is a slice of one long stream in a shared buffer,
// so events are cut by the ends of reads as they are on a connection.
import { SseParser, type SseSink } from '../../src/protocol/sse/parser.ts'
import { cpuTimePerUnit } from './cpu-time.ts'

interface Counts {
  events: number
  bytes: number
}

const sink: SseSink<Counts> = {
  event(counts, _buffer, start, end) {
    counts.events += 1
    counts.bytes += end - start
  },
  comment() {},
  retry() {},
  oversized() {},
}

const streams: [string, number, (index: number) => string][] = [
  ['id and 60 B of data', 65536, index => `id: ${index}\ndata: ${'x'.repeat(60)}\n\n`],
  ['the same, one event per read', 0, index => `id: ${index}\ndata: ${'x'.repeat(60)}\n\n`],
  ['the same, CRLF', 65536, index => `id: ${index}\r\ndata: ${'x'.repeat(60)}\r\n\r\n`],
  ['data only, 16 B', 65536, () => `data: ${'x'.repeat(16)}\n\n`],
  ['event, id, data 200 B', 65536, index => `event: tick\nid: ${index}\ndata: ${'x'.repeat(200)}\n\n`],
  ['four data lines of 20 B', 65536, index => `id: ${index}\n${`data: ${'x'.repeat(20)}\n`.repeat(4)}\n`],
  ['data 4 KiB', 65536, () => `data: ${'x'.repeat(4096)}\n\n`],
  ['comments', 65536, () => ': keep-alive\n\n'],
]

const STREAM_BYTES = 64 * 65536

for (const [name, readBytes, event] of streams) {
  const blocks: string[] = []
  for (let bytes = 0; bytes < STREAM_BYTES; bytes += blocks.at(-1)!.length) blocks.push(event(1000000 + blocks.length))
  const stream = Buffer.from(blocks.join(''))
  const shared = Buffer.alloc(65536)
  const rounds = Math.ceil(1_000_000 / blocks.length)
  const parser = new SseParser()
  const counts: Counts = { events: 0, bytes: 0 }
  const size = readBytes === 0 ? blocks[0]!.length : readBytes
  const result = cpuTimePerUnit(rounds * blocks.length, () => {
    for (let round = 0; round < rounds; round += 1) {
      for (let at = 0; at < stream.length; at += size) {
        const end = Math.min(at + size, stream.length)
        stream.copy(shared, 0, at, end)
        parser.push(shared, 0, end - at, sink, counts)
      }
    }
  })
  console.log(`${name.padEnd(30)} ${result}`)
  if (parser.bytes !== parser.payloadBytes + parser.framingBytes) throw new Error('bytes are lost')
}

// CPU time per response of the HTTP/1.1 codec: heads as servers really send them, bodies in place.
import { BodyReader, type BodySink } from '../../src/protocol/http1/body.ts'
import { responseBodyFraming } from '../../src/protocol/http1/body-framing.ts'
import { responseHeadReader } from '../../src/protocol/http1/head-reader.ts'
import { cpuTimePerUnit } from './cpu-time.ts'

interface Counts {
  bytes: number
  ends: number
}

const sink: BodySink<Counts> = {
  bodyData(counts, _buffer, start, end) {
    counts.bytes += end - start
  },
  bodyEnd(counts) {
    counts.ends += 1
  },
}

const head = (framing: string) =>
  `HTTP/1.1 200 OK\r\nServer: nginx/1.24.0\r\nDate: Sun, 22 Nov 2026 17:00:00 GMT\r\nContent-Type: application/json\r\n${framing}\r\nConnection: keep-alive\r\nETag: "0"\r\n\r\n`
const body = 'x'.repeat(32)

const responses: [string, string][] = [
  ['head of 6 fields, 32 B of body', `${head('Content-Length: 32')}${body}`],
  ['the same, one chunk', `${head('Transfer-Encoding: chunked')}20\r\n${body}\r\n0\r\n\r\n`],
  ['204 with 2 fields', 'HTTP/1.1 204 No Content\r\nDate: Sun, 22 Nov 2026 17:00:00 GMT\r\nETag: "0"\r\n\r\n'],
]

const RESPONSES = 200_000

for (const [name, response] of responses) {
  const wire = Buffer.from(response)
  const heads = responseHeadReader()
  const reader = new BodyReader()
  const counts: Counts = { bytes: 0, ends: 0 }
  const result = cpuTimePerUnit(RESPONSES, () => {
    for (let index = 0; index < RESPONSES; index += 1) {
      const read = heads.push(wire, 0, wire.length)
      if (read.kind !== 'head') throw new Error(read.kind)
      reader.start(responseBodyFraming(read.head, 'GET'))
      reader.push(wire, read.end, wire.length, sink, counts)
    }
  })
  if (counts.ends % RESPONSES !== 0) throw new Error('responses are lost')
  console.log(`${name.padEnd(32)} per response ${result}`)
}

const CHUNKS = 1_000_000
const PER_READ = 700

for (const size of [60, 1000]) {
  const wire = Buffer.from(`${size.toString(16)}\r\n${'x'.repeat(size)}\r\n`.repeat(PER_READ))
  const reader = new BodyReader()
  const counts: Counts = { bytes: 0, ends: 0 }
  reader.start({ kind: 'chunked', length: 0, violations: [] })
  const result = cpuTimePerUnit(CHUNKS, () => {
    for (let index = 0; index < CHUNKS; index += PER_READ) reader.push(wire, 0, wire.length, sink, counts)
  })
  console.log(`${`chunks of ${size} B`.padEnd(32)} per chunk    ${result}`)
  if (reader.payloadBytes !== counts.bytes) throw new Error('bytes are lost')
}

// Real bytes of node:http over loopback, cut anew at random, against what the handlers meant to send.
import assert from 'node:assert/strict'
import { createServer, type Server, type ServerResponse } from 'node:http'
import net, { type AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { BodyReader, type BodySink } from '../../../src/protocol/http1/body.ts'
import { isPersistent, responseBodyFraming } from '../../../src/protocol/http1/body-framing.ts'
import { responseHeadReader } from '../../../src/protocol/http1/head-reader.ts'
import { encodeRequestHead } from '../../../src/protocol/http1/request.ts'
import { seededRandom } from '../../../src/world/random.ts'
import { randomReads } from '../random-reads.ts'

interface Exchange {
  method: string
  target: string
  statuses: number[]
  body: string
  trailers: [string, string][]
}

const big = 'line of text\r\n'.repeat(3000)
const writes: Record<string, (response: ServerResponse) => void> = {
  '/length': response => response.setHeader('Content-Length', 5).end('hello'),
  '/empty': response => response.setHeader('Content-Length', 0).end(),
  '/chunks': response => {
    for (const size of [1, 15, 16, 255, 4096]) response.write(big.slice(0, size))
    response.end()
  },
  '/big': response => response.end(big),
  '/no-content': response => response.writeHead(204).end(),
  '/not-modified': response => response.writeHead(304, { ETag: '"x"' }).end(),
  '/trailers': response => {
    response.writeHead(200, { Trailer: 'X-Sum' })
    response.write('data')
    response.addTrailers([['X-Sum', '42']])
    response.end()
  },
  '/early-hints': response => {
    response.writeEarlyHints({ link: '</style.css>; rel=preload' })
    response.end('late')
  },
}

const chunked = ['1', '15', '16', '255', '4096'].map(size => big.slice(0, Number(size))).join('')
const exchanges: Exchange[] = [
  { method: 'GET', target: '/length', statuses: [200], body: 'hello', trailers: [] },
  { method: 'HEAD', target: '/length', statuses: [200], body: '', trailers: [] },
  { method: 'GET', target: '/empty', statuses: [200], body: '', trailers: [] },
  { method: 'GET', target: '/chunks', statuses: [200], body: chunked, trailers: [] },
  { method: 'HEAD', target: '/chunks', statuses: [200], body: '', trailers: [] },
  { method: 'GET', target: '/big', statuses: [200], body: big, trailers: [] },
  { method: 'GET', target: '/no-content', statuses: [204], body: '', trailers: [] },
  { method: 'GET', target: '/not-modified', statuses: [304], body: '', trailers: [] },
  { method: 'GET', target: '/trailers', statuses: [200], body: 'data', trailers: [['X-Sum', '42']] },
  { method: 'GET', target: '/early-hints', statuses: [103, 200], body: 'late', trailers: [] },
]

let server: Server
before(async () => {
  server = createServer((request, response) => writes[request.url!]!(response))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
})
after(() => new Promise(resolve => server.close(resolve)))

test('pipelined responses on one connection are told apart to the byte', async () => {
  const wire = await capture(exchanges, '1.1')
  const random = seededRandom(11)
  for (const maxBytes of [1, 7, 100, 5000, 65536]) check(exchanges, randomReads(wire, maxBytes, random), wire.length)
})

test('a body that lasts until close is complete when the server closes', async () => {
  const exchange = { ...exchanges[3]!, target: '/chunks' }
  const wire = await capture([exchange], '1.0')
  check([exchange], randomReads(wire, 300, seededRandom(3)), wire.length)
})

function capture(wanted: Exchange[], version: string): Promise<Buffer> {
  const requests = wanted.map(({ method, target }, index) => {
    const connection: [string, string][] = index === wanted.length - 1 ? [['Connection', 'close']] : []
    return encodeRequestHead({ method, target, version, headers: [['Host', 'x'], ...connection] })
  })
  return new Promise((resolve, reject) => {
    const reads: Buffer[] = []
    const socket = net.connect((server.address() as AddressInfo).port, '127.0.0.1')
    socket.on('data', read => reads.push(read)).on('error', reject)
    socket.on('end', () => resolve(Buffer.concat(reads)))
    socket.write(Buffer.concat(requests))
  })
}

function check(wanted: Exchange[], reads: Iterable<Buffer>, wireBytes: number): void {
  const heads = responseHeadReader()
  const body = new BodyReader()
  const seen: (Exchange & { persistent: boolean })[] = []
  let bytes = 0
  let [statuses, data]: [number[], string] = [[], '']
  let [readingHead, persistent] = [true, true]
  const sink: BodySink<null> = {
    bodyData(_, buffer, start, end) {
      data += buffer.toString('latin1', start, end)
    },
    bodyEnd(_, __, complete) {
      assert.equal(complete, true, body.violation)
      const { method, target } = wanted[seen.length]!
      seen.push({ method, target, statuses, body: data, trailers: body.trailers, persistent })
      bytes += body.payloadBytes + body.framingBytes + body.trailerBytes
      ;[statuses, data, readingHead] = [[], '', true]
    },
  }
  for (const read of reads) {
    for (let at = 0; at < read.length;) {
      if (!readingHead) {
        at = body.push(read, at, read.length, sink, null)
        continue
      }
      const result = heads.push(read, at, read.length)
      assert.notEqual(result.kind, 'malformed')
      if (result.kind !== 'head') break
      at = result.end
      bytes += result.head.bytes
      statuses.push(result.head.status)
      assert.deepEqual(result.head.notes, [])
      if (result.head.status < 200) continue
      const framing = responseBodyFraming(result.head, wanted[seen.length]!.method)
      assert.deepEqual(framing.violations, [])
      persistent = isPersistent(result.head, framing)
      readingHead = false
      body.start(framing)
      at = body.push(read, at, read.length, sink, null)
    }
  }
  body.close(sink, null)
  assert.equal(bytes, wireBytes)
  assert.deepEqual(
    seen,
    wanted.map((exchange, index) => ({ ...exchange, persistent: index < wanted.length - 1 })),
  )
}

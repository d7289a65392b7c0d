// Answers any connection in one way that no decent server has: the word says which.
import { createHash, randomBytes, randomInt } from 'node:crypto'
import { createServer, type Socket } from 'node:net'
import { serve } from './serve.ts'

const how = process.argv[2] ?? 'silent'
const BLOCK = Buffer.alloc(65_536, 'a')
const LIMIT_BYTES = 2 ** 30

/** As fast as it is read, up to 1 GiB. */
function pour(socket: Socket, block: () => Buffer): void {
  let sent = 0
  const more = () => {
    while (sent < LIMIT_BYTES && !socket.destroyed) {
      sent += BLOCK.length
      if (!socket.write(block())) return
    }
  }
  socket.on('drain', more)
  more()
}

const STREAM = 'HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n'
const CHUNK = Buffer.concat([Buffer.from(`${BLOCK.length.toString(16)}\r\n`), BLOCK, Buffer.from('\r\n')])

/** The 101 that this request asks for, or a 400. */
function upgraded(request: string): string {
  const key = /^sec-websocket-key: *(\S+)/im.exec(request)?.[1]
  if (key === undefined) return 'HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n'
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
  return `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`
}

// Continuations, never the last one.
const FRAGMENT = Buffer.concat([Buffer.from([0, 126, 0xff, 0xff]), BLOCK.subarray(1)])
const EMPTY_FRAGMENTS = Buffer.alloc(65_536)

type Way = (socket: Socket, request: string) => void

/** Opens a WebSocket, begins a text message and never ends it. */
function fragmenting(block: Buffer): Way {
  return (socket, request) => {
    const answer = upgraded(request)
    socket.write(answer)
    if (!answer.startsWith('HTTP/1.1 101')) return
    socket.write(Buffer.from([1, 0]))
    pour(socket, () => block)
  }
}

const WAYS: Record<string, Way> = {
  silent: () => {},
  // As a proxy does whose origin hangs.
  'silent-to-requests'(socket, request) {
    if (!request.includes(' HTTP/1.1\r\n')) socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n')
  },
  'resets-at-random'(socket, request) {
    const answer = /^upgrade:/im.test(request) ? upgraded(request) : `${STREAM}data: news\n\n`
    socket.write(answer.slice(0, randomInt(answer.length)), () => socket.resetAndDestroy())
  },
  'endless-chunks'(socket) {
    socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n')
    pour(socket, () => CHUNK)
  },
  'endless-header'(socket) {
    socket.write('HTTP/1.1 200 OK\r\nX-Long: ')
    pour(socket, () => BLOCK)
  },
  'endless-headers'(socket) {
    socket.write('HTTP/1.1 200 OK\r\n')
    const lines = Buffer.from('X-Many: 1\r\n'.repeat(5000))
    pour(socket, () => lines)
  },
  'random-bytes': socket => pour(socket, () => randomBytes(4096)),
  'endless-event-line'(socket) {
    socket.write(`${STREAM}data: `)
    pour(socket, () => BLOCK)
  },
  'endless-poll-answer'(socket) {
    socket.write('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n')
    pour(socket, () => BLOCK)
  },
  'endless-fragments': fragmenting(FRAGMENT),
  'endless-empty-fragments': fragmenting(EMPTY_FRAGMENTS),
  'closes-at-once': socket => socket.destroy(),
}

const server = createServer(socket => {
  socket.on('error', () => {})
  socket.once('data', (bytes: Buffer) => WAYS[how]!(socket, bytes.toString('latin1')))
  socket.resume()
})
await serve(server)

// Answers any connection in one way that no decent server has: the word says which.
import { randomBytes } from 'node:crypto'
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
const WAYS: Record<string, (socket: Socket) => void> = {
  silent: () => {},
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
  'closes-at-once': socket => socket.destroy(),
}

const server = createServer(socket => {
  socket.on('error', () => {})
  socket.once('data', () => WAYS[how]!(socket))
  socket.resume()
})
await serve(server)

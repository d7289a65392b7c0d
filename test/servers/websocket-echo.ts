// Echoes every WebSocket message, on the `ws` package. One word: `deflate` agrees to permessage-deflate. Tells how many.
import { createServer } from 'node:http'
import { WebSocketServer } from 'ws'
import { serve } from './serve.ts'

let messages = 0
const server = createServer((_, response) => response.writeHead(404).end('nothing here'))
const sockets = new WebSocketServer({
  server,
  path: '/echo',
  perMessageDeflate: process.argv.includes('deflate') ? { threshold: 0 } : false,
})
sockets.on('connection', socket => {
  // What a client breaks ends its connection, not the server.
  socket.on('error', () => {})
  socket.on('message', (data, isBinary) => {
    messages += 1
    socket.send(data, { binary: isBinary })
  })
})
await serve(server, () => ({ messages }))

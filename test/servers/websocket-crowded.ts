// Takes so many WebSocket connections and no more. A second word says what happens to those above: `refuse` answers 503,
// `slow` upgrades them after 300 ms. Tells the most that were open at once.
import { createServer } from 'node:http'
import { WebSocketServer } from 'ws'
import { serve } from './serve.ts'

const limit = Number(process.argv[2] ?? 100)
const how = process.argv[3] ?? 'refuse'
const SLOW_MS = 300
let open = 0
let most = 0

const server = createServer()
const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false })
server.on('upgrade', (request, socket, head) => {
  socket.on('error', () => {})
  if (open >= limit && how === 'refuse') {
    socket.end('HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n')
    return
  }
  const delayMs = open >= limit ? SLOW_MS : 0
  open += 1
  most = Math.max(most, open)
  socket.on('close', () => (open -= 1))
  const upgrade = () => sockets.handleUpgrade(request, socket, head, client => client.on('error', () => {}))
  if (delayMs === 0) upgrade()
  else setTimeout(upgrade, delayMs)
})
await serve(server, () => ({ most }))

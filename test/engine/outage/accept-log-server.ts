// A process of its own that sees every attempt: SIGUSR1 takes the service down (each connection is logged, then closed),
// SIGUSR2 brings it back. Its log is on the monotonic clock of the machine.
import process from 'node:process'
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { WebSocketServer } from 'ws'
import { now } from '../../../src/world/clock.ts'

export interface AcceptLog {
  /** Every connection that the kernel handed over. */
  accepted: number[]
  /** Those that completed the WebSocket handshake. */
  opened: number[]
  longestStallMs: number
}

const BEAT_MS = 10
const log: AcceptLog = { accepted: [], opened: [], longestStallMs: 0 }
const sockets = new Set<Socket>()
let down = false

const http = createServer()
http.on('connection', (socket: Socket) => {
  log.accepted.push(now())
  socket.on('error', () => {})
  if (down) return void socket.destroy()
  sockets.add(socket)
  socket.once('close', () => sockets.delete(socket))
})
new WebSocketServer({ server: http }).on('connection', () => log.opened.push(now()))
http.listen({ port: 0, host: '127.0.0.1', backlog: 1024 }, () => process.send?.((http.address() as AddressInfo).port))

process.on('SIGUSR1', () => {
  down = true
  for (const socket of sockets) socket.resetAndDestroy()
})
process.on('SIGUSR2', () => (down = false))
let dueAt = now() + BEAT_MS
setInterval(() => {
  log.longestStallMs = Math.max(log.longestStallMs, now() - dueAt)
  dueAt = now() + BEAT_MS
}, BEAT_MS)
process.on('message', () => process.send?.(log))
process.on('disconnect', () => process.exit())

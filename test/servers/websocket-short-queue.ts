// Takes WebSockets with room for two in the queue of its listener. On SIGUSR2 it drops them all and accepts nobody for
// 700 ms. Tells its process id, and how many came only after the others: with their second SYN, a second later.
import { createServer } from 'node:http'
import { WebSocketServer } from 'ws'
import { now } from '../../src/world/clock.ts'
import { serve } from './serve.ts'

const AWAY_MS = 700
const SECOND_SYN_MS = 900
const server = createServer()
const sockets = new WebSocketServer({ server })
let droppedAt = Number.POSITIVE_INFINITY
let cameLate = 0

sockets.on('connection', socket => {
  socket.on('error', () => {})
  if (now() - droppedAt > SECOND_SYN_MS) cameLate += 1
})

process.on('SIGUSR2', () => {
  droppedAt = now()
  for (const socket of sockets.clients) socket.terminate()
  // One turn of the loop: then the sockets are closed.
  setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, AWAY_MS))
})

server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
  void serve(server, () => ({ pid: process.pid, cameLate }))
})

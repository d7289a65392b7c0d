// Echoes with a known capacity: a token bucket of so many messages per second, above which answers queue up. Two words:
// the rate, and the most that may be answered at once. `stall=A,B`: answers nothing from A to B ms after the first message.
// `shed`: what is above the capacity is never answered.
import { createServer } from 'node:http'
import { WebSocketServer, type WebSocket } from 'ws'
import { serve } from './serve.ts'

const perSecond = Number(process.argv[2] ?? 1000)
const burst = Number(process.argv[3] ?? 50)
const [, stallFrom = 0, stallTo = 0] = /^stall=(\d+),(\d+)$/.exec(process.argv[4] ?? '')?.map(Number) ?? []
const sheds = process.argv[4] === 'shed'
const queue: { socket: WebSocket; data: Buffer }[] = []
let first = 0
let messages = 0
let firstAt = 0
let tokens = burst
let at = performance.now()

function answer(): void {
  const nowMs = performance.now()
  const sinceFirst = nowMs - firstAt
  if (sinceFirst >= stallFrom && sinceFirst < stallTo) return
  tokens = Math.min(burst, tokens + ((nowMs - at) * perSecond) / 1000)
  at = nowMs
  while (first < queue.length && tokens >= 1) {
    tokens -= 1
    const { socket, data } = queue[first]!
    first += 1
    if (socket.readyState === 1) socket.send(data)
  }
  if (first > 10_000) {
    queue.splice(0, first)
    first = 0
  }
}

setInterval(answer, 1)
const server = createServer()
const sockets = new WebSocketServer({ server, perMessageDeflate: false })
sockets.on('connection', socket => {
  socket.on('message', (data: Buffer) => {
    if (messages === 0) firstAt = performance.now()
    messages += 1
    queue.push({ socket, data })
    answer()
    if (sheds) first = queue.length
  })
})
await serve(server, () => ({ messages }))

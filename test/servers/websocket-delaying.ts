// Echoes each message exactly so many milliseconds after it was read: sleeps most of the wait, then polls the clock.
// Tells by how much it was late in the median: on a busy machine nobody answers in time.
import { createServer } from 'node:http'
import { WebSocket, WebSocketServer } from 'ws'
import { serve } from './serve.ts'

const delayMs = Number(process.argv[2] ?? 100)
const SLEEP_UNTIL_MS = 3
const queue: { dueMs: number; socket: WebSocket; data: Buffer }[] = []
let first = 0
const late: number[] = []
let waiting = false

function answerDue(): void {
  waiting = false
  const nowMs = performance.now()
  while (first < queue.length && queue[first]!.dueMs <= nowMs) {
    const { socket, data, dueMs } = queue[first]!
    first += 1
    late.push(nowMs - dueMs)
    if (socket.readyState === WebSocket.OPEN) socket.send(data)
  }
  if (first > 10_000) {
    queue.splice(0, first)
    first = 0
  }
  wait()
}

function wait(): void {
  if (waiting || first === queue.length) return
  waiting = true
  const leftMs = queue[first]!.dueMs - performance.now()
  if (leftMs > SLEEP_UNTIL_MS) setTimeout(answerDue, leftMs - SLEEP_UNTIL_MS)
  else setImmediate(answerDue)
}

const server = createServer()
const sockets = new WebSocketServer({ server, perMessageDeflate: false })
sockets.on('connection', socket => {
  socket.on('message', (data: Buffer) => {
    queue.push({ dueMs: performance.now() + delayMs, socket, data })
    wait()
  })
})

/** Of the answers since it was last asked. */
function takeLateness(): { lateMs: number } {
  const sorted = late.splice(0).sort((a, b) => a - b)
  return { lateMs: sorted[Math.floor(sorted.length / 2)] ?? 0 }
}

await serve(server, takeLateness)

// Event streams at /events of what is posted to /publish. A subscription takes effect `lateMs` after its head was sent,
// and of each subscriber's deliveries every n-th is left out. Tells how many were delivered and how many were left out.
// A third word: no more than so many messages a second are delivered, the others wait. A fourth: each so many-th publish
// request is delivered to everybody and never answered.
import { createServer, type ServerResponse } from 'node:http'
import { Fifo } from '../../src/world/fifo.ts'
import { serve } from './serve.ts'

const [late = '0', every = '1000000', perSecond = '0', hang = '0'] = process.argv.slice(2)
const subscribers = new Map<ServerResponse, number>()
let delivered = 0
let dropped = 0
let posts = 0
let hung = 0

const waiting = new Fifo<string>()
let tokens = 0
let at = performance.now()

/** A token bucket that holds 20 ms of messages. */
function deliverDue(): void {
  const nowMs = performance.now()
  tokens = Math.min(Number(perSecond) / 50, tokens + ((nowMs - at) * Number(perSecond)) / 1000)
  at = nowMs
  for (; tokens >= 1 && waiting.length > 0; tokens -= 1) publish(waiting.shift()!)
}

if (perSecond !== '0') setInterval(deliverDue, 1)

function publish(message: string, isDropping = true): void {
  if (message === '') return
  for (const [response, count] of subscribers) {
    subscribers.set(response, count + 1)
    if (isDropping && (count + 1) % Number(every) === 0) dropped += 1
    else {
      delivered += 1
      response.write(`data: ${message}\n\n`)
    }
  }
}

const server = createServer((request, response) => {
  if (request.method === 'POST') {
    let body = ''
    request.setEncoding('latin1').on('data', (text: string) => (body += text))
    request.on('end', () => {
      posts += 1
      if (posts % Number(hang) === 0) {
        hung += 1
        publish(body, false)
        return
      }
      if (perSecond === '0') publish(body)
      else waiting.push(body)
      response.writeHead(204).end()
    })
    return
  }
  response.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders()
  const timer = setTimeout(() => subscribers.set(response, 0), Number(late))
  response.on('close', () => {
    clearTimeout(timer)
    subscribers.delete(response)
  })
})
await serve(server, () => ({ delivered, dropped, posts, hung }))

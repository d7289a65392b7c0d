// Event streams at /events of what is posted to /publish. A subscription takes effect `lateMs` after its head was sent,
// and of each subscriber's deliveries every n-th is left out. Tells how many were delivered and how many were left out.
import { createServer, type ServerResponse } from 'node:http'
import { serve } from './serve.ts'

const [late = '0', every = '1000000'] = process.argv.slice(2)
const subscribers = new Map<ServerResponse, number>()
let delivered = 0
let dropped = 0

function publish(message: string): void {
  if (message === '') return
  for (const [response, count] of subscribers) {
    subscribers.set(response, count + 1)
    if ((count + 1) % Number(every) === 0) dropped += 1
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
      publish(body)
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
await serve(server, () => ({ delivered, dropped }))

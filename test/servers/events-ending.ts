// An event stream that anybody may publish to; each response ends after so many events, and Last-Event-ID resumes it.
import { createServer, type ServerResponse } from 'node:http'
import { serve } from './serve.ts'

const endAfter = Number(process.argv[2] ?? 5)
const RETRY_MS = 50
const messages: string[] = []
const streams = new Map<ServerResponse, number>()
const facts = { streams: 0, resumed: 0 }

function emit(response: ServerResponse, from: number): void {
  for (let id = from; id < messages.length; id += 1) {
    const sent = (streams.get(response) ?? 0) + 1
    streams.set(response, sent)
    response.write(`id: ${id + 1}\ndata: ${messages[id]}\n\n`)
    if (sent < endAfter) continue
    streams.delete(response)
    response.end()
    return
  }
}

const server = createServer(async (request, response) => {
  if (request.method === 'POST') {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    messages.push(body)
    for (const stream of streams.keys()) emit(stream, messages.length - 1)
    response.end()
    return
  }
  response.writeHead(200, { 'Content-Type': 'text/event-stream' })
  response.write(`retry: ${RETRY_MS}\n\n`)
  response.on('close', () => streams.delete(response))
  streams.set(response, 0)
  facts.streams += 1
  const last = request.headers['last-event-id']
  if (last === undefined) return
  facts.resumed += 1
  emit(response, Number(last))
})
await serve(server, () => facts)

// An event stream with the time of emission in each event, 50 a second, of a clock that is off by so many ms; a second word
// delays each event after its time was taken. A third, `undated`, leaves the Date out of the head, or `timed` answers /time.
import { createServer } from 'node:http'
import { serve } from './serve.ts'

const offMs = Number(process.argv[2] ?? 0)
const delayMs = Number(process.argv[3] ?? 0)
const clock = () => Date.now() + offMs

const server = createServer((request, response) => {
  if (request.url === '/time') {
    if (process.argv[4] === 'timed') response.end(JSON.stringify({ ts: clock() }))
    else response.writeHead(404).end()
    return
  }
  if (process.argv[4] === 'undated') response.sendDate = false
  else response.setHeader('Date', new Date(clock()).toUTCString())
  response.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders()
  const emit = () => {
    const event = `data: {"ts": ${clock()}}\n\n`
    if (delayMs === 0) response.write(event)
    else setTimeout(() => response.write(event), delayMs)
  }
  const timer = setInterval(emit, 20)
  response.on('close', () => clearInterval(timer))
})
await serve(server)

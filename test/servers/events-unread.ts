// Numbered and timed events on a schedule, fast enough to fill socket buffers, and what servers do when a client does
// not read them: `keep`, `drop`, `close` or `block`. The buffer of the response is theirs.
import { createServer, type ServerResponse } from 'node:http'
import { serve } from './serve.ts'

const [policy = 'keep'] = process.argv.slice(2)
const EVERY_MS = 5
// 9 MiB/s: in 5 s more than the socket buffers of both ends usually grow to.
const EVENT_BYTES = 48 * 1024
const MIB = 1024 * 1024
const pad = 'x'.repeat(EVENT_BYTES)

/** Whether the schedule goes on now; `send` is not called for an event that is left out. */
type Policy = (response: ServerResponse, send: () => void) => boolean

const POLICIES: Readonly<Record<string, Policy>> = {
  keep(_response, send) {
    send()
    return true
  },
  drop(response, send) {
    if (response.writableLength < MIB) send()
    return true
  },
  close(response, send) {
    // Room for a reader that is only late: 1.7 s of the stream.
    if (response.writableLength < 16 * MIB) send()
    else response.destroy()
    return true
  },
  block(response, send) {
    if (response.writableLength >= MIB) return false
    send()
    return true
  },
}

/** Of the latest stream, by this process's own clock. */
const facts = { longestGapMs: 0 }

const server = createServer((_, response) => {
  facts.longestGapMs = 0
  let emittedMs = performance.now()
  response.writeHead(200, { 'Content-Type': 'text/event-stream' })
  let seq = 0
  const send = () => {
    const nowMs = performance.now()
    facts.longestGapMs = Math.max(facts.longestGapMs, nowMs - emittedMs)
    emittedMs = nowMs
    response.write(`id: ${seq}\ndata: {"seq":${seq},"ts":${Date.now()}.5,"pad":"${pad}"}\n\n`)
  }
  // A busy machine makes the ticks late, not the stream slow; but no burst alone reaches the bound.
  let dueMs = performance.now()
  const timer = setInterval(() => {
    dueMs = Math.max(dueMs, performance.now() - 80)
    for (; dueMs <= performance.now(); dueMs += EVERY_MS) {
      seq += 1
      if (POLICIES[policy]!(response, send)) continue
      seq -= 1
      return
    }
  }, EVERY_MS)
  response.on('close', () => clearInterval(timer))
  response.on('error', () => clearInterval(timer))
})
await serve(server, () => facts)

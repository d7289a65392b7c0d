// Echoes, but treats every n-th message otherwise: `drop`, `twice`, or `swap` with the one after it. Tells how often.
import { createServer } from 'node:http'
import { WebSocketServer } from 'ws'
import { serve } from './serve.ts'

const [how = 'drop', every = '100'] = process.argv.slice(2)
const n = Number(every)
let altered = 0
const server = createServer()
const sockets = new WebSocketServer({ server, perMessageDeflate: false })

sockets.on('connection', socket => {
  let count = 0
  let held: Buffer | null = null
  socket.on('message', (data: Buffer) => {
    count += 1
    if (held !== null) {
      socket.send(data)
      socket.send(held)
      held = null
      altered += 1
      return
    }
    if (count % n !== 0) {
      socket.send(data)
    } else if (how === 'swap') {
      held = data
    } else {
      altered += 1
      if (how === 'twice') for (let i = 0; i < 2; i += 1) socket.send(data)
    }
  })
})
await serve(server, () => ({ altered }))

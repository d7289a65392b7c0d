// A TCP relay to a port; tells how many bytes it read from the clients and wrote to them.
import { connect, createServer } from 'node:net'
import { serve } from './serve.ts'

const originPort = Number(process.argv[2])
const bytes = { fromClients: 0, toClients: 0 }
let open = 0
const server = createServer({ allowHalfOpen: true }, client => {
  const origin = connect({ port: originPort, host: '127.0.0.1', allowHalfOpen: true })
  open += 1
  client.on('data', chunk => {
    bytes.fromClients += chunk.length
  })
  origin.on('data', chunk => {
    bytes.toClients += chunk.length
  })
  client.on('error', () => origin.destroy())
  origin.on('error', () => client.destroy())
  client.on('close', () => {
    open -= 1
    origin.destroy()
  })
  origin.on('close', () => client.end())
  client.setNoDelay(true)
  origin.setNoDelay(true)
  client.pipe(origin).pipe(client)
})
await serve(server, () => ({ ...bytes, open }))

// A wss server on `ws` with a certificate of its own making, for rows that need TLS. Tells its port.
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import { selfSignedCertificate } from '../../../src/endpoint/certificate.ts'

const server = createServer(selfSignedCertificate())
const sockets = new WebSocketServer({ server, perMessageDeflate: false })
sockets.on('connection', socket => {
  socket.on('error', () => socket.terminate())
  socket.on('message', (data, binary) => socket.send(data, { binary }))
})
process.on('disconnect', () => process.exit(0))
server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => {
  process.send!((server.address() as AddressInfo).port)
})

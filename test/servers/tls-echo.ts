// Echoes WebSocket messages over TLS and ends the first connections after their tenth. Words: `min=TLSv1.2`, `max=TLSv1.3`,
// `tickets=off`, `alpn=h2` (what it speaks). Tells each handshake: full or resumed, version, what was offered and chosen.
import { constants } from 'node:crypto'
import { createServer } from 'node:https'
import type { SecureVersion, TLSSocket } from 'node:tls'
import { WebSocketServer } from 'ws'
import { selfSignedCertificate } from '../../src/endpoint/certificate.ts'
import { serve } from './serve.ts'

const MESSAGES = 10
// At the end of a run nobody is to be coming back: a handshake that the run's end cuts off only one side would count.
const ENDED = 15
const words = new Map(process.argv.slice(2).map(word => word.split('=') as [string, string]))
const speaks = words.get('alpn') ?? 'http/1.1'
const facts = {
  full: 0,
  resumed: 0,
  versions: [] as string[],
  offered: [] as string[],
  chosen: [] as string[],
}
const note = (list: string[], text: string) => list.includes(text) || list.push(text)

const server = createServer({
  ...selfSignedCertificate({ names: ['127.0.0.1'] }),
  minVersion: (words.get('min') ?? 'TLSv1.2') as SecureVersion,
  maxVersion: (words.get('max') ?? 'TLSv1.3') as SecureVersion,
  secureOptions: words.get('tickets') === 'off' ? constants.SSL_OP_NO_TICKET : 0,
  ALPNCallback({ protocols }) {
    note(facts.offered, protocols.join(' '))
    return protocols.includes(speaks) ? speaks : undefined
  },
})
server.on('secureConnection', (socket: TLSSocket) => {
  if (socket.isSessionReused()) facts.resumed += 1
  else facts.full += 1
  note(facts.versions, socket.getProtocol() ?? 'none')
  note(facts.chosen, String(socket.alpnProtocol))
  socket.on('error', () => {})
})
let ended = 0
const sockets = new WebSocketServer({ server, perMessageDeflate: false })
sockets.on('connection', socket => {
  let count = 0
  socket.on('error', () => {})
  socket.on('message', data => {
    count += 1
    socket.send(data)
    if (count !== MESSAGES || ended === ENDED) return
    ended += 1
    socket.close(1012)
  })
})
await serve(server, () => facts)

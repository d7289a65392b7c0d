// A load client on the `ws` package, with the clock, histogram and pacer of rtbench: only the WebSocket part differs.
import { WebSocket } from 'ws'
import { Pacer } from '../../../src/engine/worker/pacer.ts'
import { createHistogram } from '../../../src/measure/histogram.ts'
import { now } from '../../../src/world/clock.ts'
import { seededRandom } from '../../../src/world/random.ts'
import { peerOptions, runPeer } from './peer.ts'

export interface WsClientOptions {
  url: string
  connections: number
  payloadBytes: number
  /** Closed loop: messages in flight per connection; 0: at the rate, or none. */
  inFlight: number
  /** Messages per second in total; 0: none by schedule. */
  rate: number
}

interface Client {
  socket: WebSocket
  /** Scheduled and real send times of what is in flight, in order. */
  times: number[]
}

const options = peerOptions<WsClientOptions>()
const tally = { units: 0 }
const payload = Buffer.alloc(options.payloadBytes, 'x')
const clients: Client[] = []
const rtt = createHistogram()
const service = createHistogram()

function send(client: Client, scheduledMs: number, sentMs: number): void {
  client.times.push(scheduledMs, sentMs)
  client.socket.send(payload, { binary: false })
}

function receive(client: Client): void {
  const time = now()
  rtt.record((time - client.times.shift()!) * 1000)
  service.record((time - client.times.shift()!) * 1000)
  tally.units += 1
  if (options.inFlight > 0) send(client, time, time)
}

function openOne(): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(options.url, { perMessageDeflate: false })
    const client: Client = { socket, times: [] }
    clients.push(client)
    socket.on('error', reject)
    socket.on('message', () => receive(client))
    socket.on('open', resolve)
  })
}

function begin(): void {
  if (options.inFlight > 0) {
    for (const client of clients) for (let i = 0; i < options.inFlight; i += 1) send(client, now(), now())
  }
  if (options.rate === 0) return
  const sendLag = createHistogram()
  const pacer = new Pacer<Client>({
    targets: clients,
    send,
    flush() {},
    arrival: 'constant',
    random: seededRandom(1),
    sendLag: () => sendLag,
    unsent() {},
    finished() {},
  })
  pacer.start(now() + 10, Number.MAX_SAFE_INTEGER, options.rate, 0)
}

runPeer(options.connections, tally, openOne, begin)

import { randomUUID } from 'node:crypto'
import { acceptedDeflate, acceptedSubprotocol } from '../../protocol/websocket/handshake-response.ts'
import type { Capabilities } from '../../wire/capability.ts'
import type { WebSocketPeer } from '../../wire/websocket-peer.ts'
import type { WebSocketServer } from '../../wire/websocket-server.ts'

/** Asked for where --subprotocol names none; the first two are the embedded endpoint's and the examples' of RFC 6455. */
const USUAL_SUBPROTOCOLS = [
  'rtbench',
  'rtbench.alternative',
  'chat',
  'superchat',
  'echo',
  'graphql-transport-ws',
  'mqtt',
  'wamp.2.json',
  'json',
]
const GREETING_QUIET_MS = 300
const GREETINGS_MAX = 20
const ECHO_WAIT_MS = 2000

/** Finds out what a WebSocket endpoint does, each thing once. Changes nothing where no connection can be opened. */
export async function websocketCapabilities(
  server: WebSocketServer,
  found: Capabilities,
  asked: { echo: boolean | null; subprotocols: readonly string[] },
): Promise<Capabilities> {
  const { socket } = await server.upgrade()
  if (socket === null) {
    const why = 'no WebSocket connection can be opened'
    const absent = { echo: why, push: why, deflate: why, subprotocol: why, ...found.absent }
    return { ...found, absent }
  }
  const absent = { ...found.absent }
  const greetings = await countGreetings(socket)
  if (greetings < GREETINGS_MAX && (await firstUnasked(socket)) === null)
    absent.push = 'it sends nothing by itself within 1 s'
  const echo = asked.echo ?? (await echoes(socket))
  if (!echo) absent.echo = 'it does not send messages back (--echo URL of one that does)'
  socket.close(1000)
  const subprotocols = asked.subprotocols.length > 0 ? asked.subprotocols : await spoken(server)
  if (subprotocols.length === 0) absent.subprotocol = 'it speaks none that is known (--subprotocol)'
  const offer = await server.upgrade({ extensions: 'permessage-deflate' })
  if (offer.socket === null || acceptedDeflate(offer.socket.head) === null)
    absent.deflate = 'it does not accept permessage-deflate'
  return { ...found, absent, greetings: greetings < GREETINGS_MAX ? greetings : 0, subprotocols }
}

async function countGreetings(socket: WebSocketPeer): Promise<number> {
  for (let count = 0; count < GREETINGS_MAX; count += 1) {
    if ((await socket.message(GREETING_QUIET_MS)).kind !== 'message') return count
  }
  return GREETINGS_MAX
}

async function firstUnasked(socket: WebSocketPeer) {
  const received = await socket.message(1000 - GREETING_QUIET_MS)
  return received.kind === 'message' ? received : null
}

async function echoes(socket: WebSocketPeer): Promise<boolean> {
  const text = `rtbench ${randomUUID()}`
  const deadline = socket.peer.clock.now() + ECHO_WAIT_MS
  socket.text(text)
  for (;;) {
    const received = await socket.message(deadline - socket.peer.clock.now())
    if (received.kind !== 'message') return false
    if (received.payload.toString('utf8') === text) return true
  }
}

/** Up to two subprotocols: the one that the server takes of the usual ones, and the one that it takes without that. */
async function spoken(server: WebSocketServer): Promise<string[]> {
  const names: string[] = []
  for (let round = 0; round < 2; round += 1) {
    const offers = USUAL_SUBPROTOCOLS.filter(name => !names.includes(name))
    const { socket } = await server.upgrade({ subprotocols: offers })
    const name = socket === null ? null : acceptedSubprotocol(socket.head)
    if (name === null || !offers.includes(name)) break
    names.push(name)
  }
  return names
}

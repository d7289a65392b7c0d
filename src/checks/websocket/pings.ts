import { OPCODE } from '../../protocol/websocket/opcode.ts'
import { describeBytes, describeReceived } from '../../wire/describe-received.ts'
import { maskedFrame, type Received, type WebSocketPeer } from '../../wire/websocket-peer.ts'
import type { WebSocketServer } from '../../wire/websocket-server.ts'
import { tryCases } from '../cases.ts'
import { fail, pass, type Verdict } from '../verdict.ts'

export interface PingCase {
  name: string
  payload: Buffer
  /** Cut into segments of so many octets. */
  split?: number
}

/** Each ping, on one connection, is answered by a pong with the same payload. */
export async function tryPings(server: WebSocketServer, cases: readonly PingCase[]): Promise<Verdict> {
  const open: WebSocketPeer[] = []
  return tryCases(cases, async ({ payload, split }) => {
    const socket = open.pop() ?? (await server.connect())
    const bytes = maskedFrame({ opcode: OPCODE.ping, payload })
    await socket.peer.sendSplit(bytes, split ?? bytes.length)
    const received = await nextControl(socket, server.timeoutMs)
    const right =
      received.kind === 'frame' && received.frame.opcode === OPCODE.pong && received.frame.payload.equals(payload)
    if (!right) return fail(`pong frame, ${describeBytes(payload)}`, describeReceived(received))
    open.push(socket)
    return pass()
  })
}

/** The next control frame; what the server sends by itself is passed over. */
export async function nextControl(socket: WebSocketPeer, withinMs: number): Promise<Received> {
  const deadline = socket.peer.clock.now() + withinMs
  for (;;) {
    const received = await socket.next(deadline - socket.peer.clock.now())
    if (received.kind === 'silence') return { ...received, ms: withinMs }
    if (received.kind !== 'frame' || received.frame.opcode >= OPCODE.close) return received
  }
}

import { OPCODE } from '../../protocol/websocket/opcode.ts'
import { describeBytes, describeReceived } from '../../wire/describe-received.ts'
import {
  maskedFrames,
  type OutgoingFrame,
  type ReceivedMessage,
  type WebSocketPeer,
} from '../../wire/websocket-peer.ts'
import type { WebSocketServer } from '../../wire/websocket-server.ts'
import { tryCases } from '../cases.ts'
import { fail, pass, type Verdict } from '../verdict.ts'

/** A whole data message. */
export interface Message {
  opcode: number
  payload: Buffer
}

/** A message, how it is put on the wire, and nothing but the same message as the right answer. */
export interface EchoCase {
  name: string
  message: Message
  /** Default: one frame. */
  frames?: readonly OutgoingFrame[]
  /** Cut into segments of so many octets, or at those offsets. */
  split?: number | readonly number[]
  pauseMs?: number
}

/** Other messages that may come before the echo: what a server sends by itself or passes on from its other clients. */
const MAX_OTHERS = 1000

export const textMessage = (text: string | Uint8Array): Message => ({
  opcode: OPCODE.text,
  payload: typeof text === 'string' ? Buffer.from(text) : Buffer.from(text),
})

export const binaryMessage = (bytes: Uint8Array): Message => ({ opcode: OPCODE.binary, payload: Buffer.from(bytes) })

/** Waits for exactly this message; others may come first. */
export async function awaitEcho(server: WebSocketServer, socket: WebSocketPeer, message: Message): Promise<Verdict> {
  let other: ReceivedMessage | null = null
  for (let count = 0; count < MAX_OTHERS; count += 1) {
    const received = await socket.message(other === null ? server.timeoutMs : server.quietMs)
    if (received.kind === 'message') {
      if (received.opcode === message.opcode && received.payload.equals(message.payload)) return pass('echoed')
      other ??= received
      continue
    }
    other ??= received
    break
  }
  const where = other?.kind === 'message' ? difference(other.payload, message.payload) : ''
  return fail(describeMessage(message), `${describeReceived(other!)}${where}`)
}

/** Each case on one connection as long as all goes well. */
export async function tryEchoes(server: WebSocketServer, cases: readonly EchoCase[]): Promise<Verdict> {
  const open: WebSocketPeer[] = []
  return tryCases(cases, async one => {
    const socket = open.pop() ?? (await server.connect())
    const bytes = maskedFrames(one.frames ?? [one.message])
    if (one.split === undefined) socket.sendBytes(bytes)
    else await socket.peer.sendSplit(bytes, one.split, one.pauseMs)
    const verdict = await awaitEcho(server, socket, one.message)
    if (verdict.kind === 'pass') open.push(socket)
    else socket.finish()
    return verdict
  })
}

export function describeMessage({ opcode, payload }: Message): string {
  return `${opcode === OPCODE.text ? 'text' : 'binary'} message, ${describeBytes(payload)}`
}

/** Where a long payload goes wrong, which its beginning may not show. */
export function difference(received: Buffer, sent: Buffer): string {
  if (received.length < 64 || received.equals(sent)) return ''
  let same = 0
  // Halves are compared natively: a loop over 16 MiB would take longer than sending them.
  for (let length = sent.length; length > 0; length = Math.floor(length / 2)) {
    while (same + length <= received.length && equalAt(received, sent, same, length)) same += length
  }
  return same >= received.length ? ', cut short' : `, another octet than sent at offset ${same}`
}

const equalAt = (a: Buffer, b: Buffer, start: number, length: number) =>
  a.subarray(start, start + length).equals(b.subarray(start, start + length))

import type { DeflateParameters } from '../../protocol/websocket/deflate-parameters.ts'
import { deflateDirections, formatDeflate } from '../../protocol/websocket/deflate-parameters.ts'
import { Deflater, Inflater } from '../../protocol/websocket/deflate.ts'
import { type DeflateFacts, walkDeflate } from '../../protocol/websocket/deflate-walk.ts'
import { acceptedDeflate } from '../../protocol/websocket/handshake-response.ts'
import { CannotTell } from '../../wire/cannot-tell.ts'
import { describeAnswer, describeBytes, describeReceived } from '../../wire/describe-received.ts'
import type { OutgoingFrame, WebSocketPeer } from '../../wire/websocket-peer.ts'
import { answerStatus, type WebSocketServer } from '../../wire/websocket-server.ts'
import { fail, pass, type Verdict } from '../verdict.ts'
import { describeMessage, type Message } from './echo.ts'

const MAX_OUTPUT_BYTES = 32 * 1024 * 1024
const MAX_OTHERS = 1000

/** A connection on which permessage-deflate was agreed. */
export interface DeflateConnection {
  socket: WebSocketPeer
  agreed: DeflateParameters
  /** The frame that carries the message compressed. */
  compressed(message: Message): OutgoingFrame
  /** Waits for exactly this message; `each` sees what every compressed one is made of. */
  awaitEcho(message: Message, each?: (facts: DeflateFacts) => Verdict | null): Promise<Verdict>
}

/** Null where the server declines: it opens the connection without the extension, or not at all. */
export async function connectDeflate(
  server: WebSocketServer,
  offer: Partial<DeflateParameters> | string = {},
): Promise<DeflateConnection | null> {
  const extensions = typeof offer === 'string' ? offer : formatDeflate(offer)
  const { answer, socket: opened } = await server.open({ extensions })
  if (opened === null) {
    // What breaks down instead of refusing tells nothing of the extension.
    if ((answerStatus(answer) ?? 500) >= 500) throw new CannotTell(`no WebSocket connection: ${describeAnswer(answer)}`)
    return null
  }
  const socket = opened
  const agreed = acceptedDeflate(socket.head)
  if (agreed === null) {
    socket.finish()
    return null
  }
  const directions = deflateDirections(agreed)
  const deflater = new Deflater(directions.client)
  const inflater = new Inflater(directions.server)

  async function awaitEcho(message: Message, each?: (facts: DeflateFacts) => Verdict | null): Promise<Verdict> {
    const expected = describeMessage(message)
    let other = ''
    for (let count = 0; count < MAX_OTHERS; count += 1) {
      const received = await socket.message(other === '' ? server.timeoutMs : server.quietMs)
      if (received.kind !== 'message') return fail(expected, other || describeReceived(received))
      const facts = received.rsv1 ? walkDeflate(received.payload) : null
      // Before inflating: what refers back too far cannot be inflated either.
      const judged = facts === null ? null : (each?.(facts) ?? null)
      if (judged !== null) return judged
      const inflated = received.rsv1 ? inflater.inflate(received.payload, MAX_OUTPUT_BYTES) : null
      if (inflated?.ok === false) {
        return fail(expected, `${inflated.text}: ${describeBytes(received.payload)}`)
      }
      const payload = inflated?.bytes ?? received.payload
      if (received.opcode === message.opcode && message.payload.equals(payload)) return pass()
      if (other === '') other = describeReceived({ ...received, payload })
    }
    return fail(expected, other)
  }

  return {
    socket,
    agreed,
    compressed: ({ opcode, payload }) => ({ opcode, rsv1: true, payload: deflater.deflate(payload) }),
    awaitEcho,
  }
}

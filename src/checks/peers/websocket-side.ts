import { acceptedDeflate } from '../../protocol/websocket/handshake-response.ts'
import { encodeClosePayload } from '../../protocol/websocket/close-code.ts'
import { Deflater, Inflater } from '../../protocol/websocket/deflate.ts'
import { deflateDirections } from '../../protocol/websocket/deflate-parameters.ts'
import { encodeFrame, type FrameSpec } from '../../protocol/websocket/frame.ts'
import { OPCODE } from '../../protocol/websocket/opcode.ts'
import type { Peer } from '../../wire/peer.ts'
import type { HttpResponse } from './http-response.ts'

export type ServerFrame = Omit<FrameSpec, 'mask'> & { mask?: Uint8Array | null }

/** A scripted server's end of an open connection. */
export interface WebSocketSide {
  readonly connection: Peer
  send(frame: ServerFrame): void
  /** A data message, compressed where that was agreed. */
  message(opcode: number, payload: Uint8Array): void
  text(text: string): void
  close(code?: number, reason?: string): void
  readonly inflater: Inflater | null
}

/** Frames go out unmasked; `outgoing` has the last word about each. */
export function webSocketSide(
  connection: Peer,
  response: HttpResponse,
  outgoing: (frame: ServerFrame) => ServerFrame,
): WebSocketSide {
  const agreed = acceptedDeflate({ version: '1.1', reason: '', bytes: 0, notes: [], ...response })
  const directions = agreed === null ? null : deflateDirections(agreed)
  const deflater = directions === null ? null : new Deflater(directions.server)
  const send = (frame: ServerFrame) => {
    const last = outgoing(frame)
    connection.send(encodeFrame({ ...last, mask: last.mask ?? null }))
  }
  const message = (opcode: number, payload: Uint8Array) => {
    if (deflater === null) send({ opcode, payload })
    else send({ opcode, rsv1: true, payload: deflater.deflate(Buffer.from(payload)) })
  }
  return {
    connection,
    send,
    message,
    text: text => message(OPCODE.text, Buffer.from(text)),
    close: (code, reason) => send({ opcode: OPCODE.close, payload: encodeClosePayload(code, reason) }),
    inflater: directions === null ? null : new Inflater(directions.client),
  }
}

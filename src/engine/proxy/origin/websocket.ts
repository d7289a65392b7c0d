import { header, headerHasToken, headerList } from '../../../protocol/http1/head.ts'
import { encodeVerbatimHead } from '../../../protocol/http1/request.ts'
import { encodeFrame } from '../../../protocol/websocket/frame.ts'
import { type Frame, FrameReader } from '../../../protocol/websocket/frame-reader.ts'
import { acceptKey } from '../../../protocol/websocket/handshake-request.ts'
import { now } from '../../../world/clock.ts'
import type { OriginExchange } from './exchange.ts'

/** The origin's end of a WebSocket. */
export interface OriginWebSocket {
  exchange: OriginExchange
  frames: { frame: Frame; atMs: number }[]
  send(opcode: number, payload: Uint8Array, fin?: boolean): void
  onFrame(seen: (frame: Frame) => void): void
}

const MAX_FRAME_BYTES = 1024 * 1024
const MAX_FRAMES = 20_000
const REFUSAL = encodeVerbatimHead(['HTTP/1.1 426 Upgrade Required', 'Upgrade: websocket', 'Content-Length: 0'])

/** Answers 101 with `first` glued to it; null, after a 426, where the request asks for no upgrade any more. */
export function acceptWebSocket(exchange: OriginExchange, first: Buffer | null = null): OriginWebSocket | null {
  const { head } = exchange
  const key = header(head, 'sec-websocket-key')
  if (key === undefined || !headerHasToken(head, 'upgrade', 'websocket')) {
    exchange.write(REFUSAL)
    exchange.complete()
    return null
  }
  const subprotocol = headerList(head, 'sec-websocket-protocol')[0]
  const answer = encodeVerbatimHead([
    'HTTP/1.1 101 Switching Protocols',
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Accept: ${acceptKey(key)}`,
    ...(subprotocol === undefined ? [] : [`Sec-WebSocket-Protocol: ${subprotocol}`]),
  ])
  exchange.write(first === null ? answer : Buffer.concat([answer, first]))
  const reader = new FrameReader({ maxPayloadBytes: MAX_FRAME_BYTES })
  const frames: OriginWebSocket['frames'] = []
  const listeners: ((frame: Frame) => void)[] = []
  exchange.tunnel(bytes => {
    const atMs = now()
    for (const frame of reader.push(bytes)) {
      if (frames.length < MAX_FRAMES) frames.push({ frame, atMs })
      for (const seen of listeners) seen(frame)
    }
  })
  return {
    exchange,
    frames,
    send: (opcode, payload, fin = true) => exchange.write(encodeFrame({ opcode, fin, mask: null, payload })),
    onFrame: seen => void listeners.push(seen),
  }
}

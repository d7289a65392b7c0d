import { randomBytes } from 'node:crypto'
import type { HeaderLine } from '../../../config/run-config.ts'
import { encodeFrame } from '../../../protocol/websocket/frame.ts'
import { type Frame, FrameReader } from '../../../protocol/websocket/frame-reader.ts'
import { newKey, upgradeRequest } from '../../../protocol/websocket/handshake-request.ts'
import { now } from '../../../world/clock.ts'
import { type HttpExchange, type Opened, openHttpExchange } from './http-exchange.ts'
import { type ProbeTarget, withOwnHeaders } from './probe-target.ts'

/** A WebSocket through the path, frame by frame, judged by nobody. */
export interface WebSocketExchange {
  http: HttpExchange
  frames: { frame: Frame; atMs: number }[]
  send(opcode: number, payload: Uint8Array): void
  /** Whether a frame of that opcode came within the time. */
  awaitFrame(opcode: number, ms: number): Promise<Frame | null>
}

const MAX_FRAME_BYTES = 1024 * 1024
const MAX_FRAMES = 20_000

export async function openWebSocket(
  target: ProbeTarget,
  name: string,
  headers: readonly HeaderLine[] = [],
): Promise<Opened<WebSocketExchange>> {
  const reader = new FrameReader({ maxPayloadBytes: MAX_FRAME_BYTES })
  const frames: WebSocketExchange['frames'] = []
  const waiting = new Set<() => void>()
  const own = withOwnHeaders(target, headers).filter(([key]) => key.toLowerCase() !== 'host')
  const request = upgradeRequest({
    target: target.pathFor(name),
    host: target.host,
    key: newKey(),
    subprotocols: target.subprotocols,
    headers: own,
  })
  const opened = await openHttpExchange(target, request, 'GET', bytes => {
    const atMs = now()
    for (const frame of reader.push(bytes)) if (frames.length < MAX_FRAMES) frames.push({ frame, atMs })
    for (const check of waiting) check()
  })
  if (!opened.ok) return opened
  const http = opened.value
  return {
    ok: true,
    value: {
      http,
      frames,
      send: (opcode, payload) => http.pipe.write(encodeFrame({ opcode, mask: randomBytes(4), payload })),
      awaitFrame: (opcode, ms) =>
        new Promise(resolve => {
          const settle = (frame: Frame | null) => {
            clearTimeout(timer)
            waiting.delete(check)
            resolve(frame)
          }
          const timer = setTimeout(() => settle(null), ms)
          const check = () => {
            const found = frames.find(({ frame }) => frame.opcode === opcode)
            if (found !== undefined) settle(found.frame)
          }
          waiting.add(check)
          check()
        }),
    },
  }
}

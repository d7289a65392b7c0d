import { randomFillSync } from 'node:crypto'
import type { ResponseHead } from '../protocol/http1/head.ts'
import { encodeClosePayload } from '../protocol/websocket/close-code.ts'
import { encodeFrames, type FrameSpec } from '../protocol/websocket/frame.ts'
import { type Frame, FrameReader } from '../protocol/websocket/frame-reader.ts'
import { OPCODE } from '../protocol/websocket/opcode.ts'
import type { PipeEnd } from './byte-pipe.ts'
import type { Peer } from './peer.ts'
import type { ReceivedBudget } from './received-budget.ts'

/** A frame to send; masked with a fresh key unless `mask` says otherwise. */
export type OutgoingFrame = Omit<FrameSpec, 'mask'> & { mask?: Uint8Array | null }

/** What came, or that nothing came. `partialBytes`: octets of a frame that was never completed. */
export type Received =
  | { kind: 'frame'; frame: Frame; atMs: number }
  | { kind: 'ended'; end: PipeEnd; partialBytes: number }
  | { kind: 'silence'; ms: number; partialBytes: number }

/** A whole data message, or what came instead of one. */
export type ReceivedMessage =
  | { kind: 'message'; opcode: number; rsv1: boolean; payload: Buffer; frames: number; atMs: number }
  | { kind: 'close'; frame: Frame }
  | Exclude<Received, { kind: 'frame' }>

/** An open WebSocket connection of which every bit can be chosen and seen. */
export interface WebSocketPeer {
  readonly head: ResponseHead
  readonly peer: Peer
  /** Each data and control frame received so far, the first 1000 of at most 32 MiB together. */
  readonly frames: readonly Frame[]
  send(frame: OutgoingFrame): void
  text(text: string | Uint8Array): void
  binary(bytes: Uint8Array): void
  ping(payload?: string | Uint8Array): void
  pong(payload?: string | Uint8Array): void
  close(code?: number, reason?: string | Uint8Array): void
  sendBytes(bytes: Uint8Array): void
  /** The next frame. The server's own pings are answered and passed over unless asked for. */
  next(withinMs?: number, keepPings?: boolean): Promise<Received>
  /** The next data message, joined from its fragments; pings are answered, pongs passed over. */
  message(withinMs?: number): Promise<ReceivedMessage>
  /** FIN. */
  finish(): void
}

const MAX_PAYLOAD_BYTES = 64 * 1024 * 1024
// No check asks for half of it on one connection: a server that sends more is filling our memory.
const MAX_RECEIVED_BYTES = 96 * 1024 * 1024
const FLOODED: PipeEnd = { kind: 'reset', code: 'we broke it off: it had sent over 96 MiB' }
const CROWDED: PipeEnd = { kind: 'reset', code: 'we broke it off: all connections together had sent too much' }
/** What a frame costs in memory besides its octets: millions of empty ones are a flood too. */
const FRAME_BYTES = 800
const MAX_LISTED_FRAMES = 1000
const MAX_LISTED_BYTES = 32 * 1024 * 1024

/** A masked frame's octets, for those who join or split them. */
export const maskedFrame = (frame: OutgoingFrame): Buffer => maskedFrames([frame])

/** The octets of several, joined. */
export const maskedFrames = (frames: readonly OutgoingFrame[]): Buffer =>
  encodeFrames(frames.map(frame => ({ ...frame, mask: frame.mask === undefined ? newMaskKey() : frame.mask })))

const KEY_BYTES = 4
const keys = Buffer.alloc(16 * 1024)
let nextKey = keys.length

/** Unpredictable (RFC 6455 §5.3). Drawn by the thousand: to draw each by itself takes longer than masking. */
function newMaskKey(): Uint8Array {
  if (nextKey === keys.length) {
    randomFillSync(keys)
    nextKey = 0
  }
  nextKey += KEY_BYTES
  return keys.subarray(nextKey - KEY_BYTES, nextKey)
}

/** Keeps no more than the budget allows: what exceeds it ends the connection. */
export function createWebSocketPeer(
  peer: Peer,
  head: ResponseHead,
  timeoutMs: number,
  budget: ReceivedBudget,
): WebSocketPeer {
  const reader = new FrameReader({ maxPayloadBytes: MAX_PAYLOAD_BYTES })
  const ready: Frame[] = []
  const frames: Frame[] = []
  const listed = new Set<Frame>()
  let listedBytes = 0
  const { clock } = peer
  const bytesOf = (payload: string | Uint8Array) => (typeof payload === 'string' ? Buffer.from(payload) : payload)
  // Of a message that is not complete: the next question goes on with it.
  const parts: Frame[] = []
  const send = (frame: OutgoingFrame) => peer.send(maskedFrame(frame))
  // Of a message that is complete its parts are no longer needed. A frame that is handed out may be kept by who asked.
  const release = (frame: Frame) => {
    if (!listed.has(frame)) budget.give(frame.wireBytes + FRAME_BYTES)
  }

  async function any(withinMs: number): Promise<Received> {
    const deadline = clock.now() + withinMs
    // The first read is made however short the time is: with 0 ms it takes what is there.
    for (let left = withinMs; ; left = deadline - clock.now()) {
      const frame = ready.shift()
      if (frame !== undefined) return { kind: 'frame', frame, atMs: clock.now() }
      const read = await peer.read(left)
      if (read.kind === 'silence') return { kind: 'silence', ms: withinMs, partialBytes: reader.pendingBytes }
      if (read.kind !== 'bytes') return { kind: 'ended', end: read, partialBytes: reader.pendingBytes }
      const arrived = reader.push(read.bytes)
      const isFlood = peer.receivedBytes > MAX_RECEIVED_BYTES
      if (isFlood || !budget.take(read.bytes.length + FRAME_BYTES * arrived.length)) {
        peer.reset()
        return { kind: 'ended', end: isFlood ? FLOODED : CROWDED, partialBytes: reader.pendingBytes }
      }
      for (const frame of arrived) {
        ready.push(frame)
        listedBytes += frame.payload.length
        if (frames.length >= MAX_LISTED_FRAMES || listedBytes > MAX_LISTED_BYTES) continue
        frames.push(frame)
        listed.add(frame)
      }
    }
  }

  async function next(withinMs = timeoutMs, keepPings = false): Promise<Received> {
    const deadline = clock.now() + withinMs
    for (let left = withinMs; ; left = deadline - clock.now()) {
      const received = await any(left)
      if (received.kind === 'silence') return { ...received, ms: withinMs }
      if (keepPings || received.kind !== 'frame' || received.frame.opcode !== OPCODE.ping) return received
      send({ opcode: OPCODE.pong, payload: received.frame.payload })
    }
  }

  return {
    head,
    peer,
    frames,
    send,
    text: text => send({ opcode: OPCODE.text, payload: bytesOf(text) }),
    binary: bytes => send({ opcode: OPCODE.binary, payload: bytes }),
    ping: (payload = '') => send({ opcode: OPCODE.ping, payload: bytesOf(payload) }),
    pong: (payload = '') => send({ opcode: OPCODE.pong, payload: bytesOf(payload) }),
    close: (code, reason) => send({ opcode: OPCODE.close, payload: encodeClosePayload(code, reason) }),
    sendBytes: bytes => peer.send(bytes),
    next,
    async message(withinMs = timeoutMs) {
      const deadline = clock.now() + withinMs
      for (let left = withinMs; ; left = deadline - clock.now()) {
        const received = await next(left)
        if (received.kind !== 'frame') return received.kind === 'silence' ? { ...received, ms: withinMs } : received
        const { frame } = received
        if (frame.opcode === OPCODE.close) return { kind: 'close', frame }
        if (frame.opcode >= OPCODE.close) continue
        parts.push(frame)
        if (!frame.fin) continue
        const { opcode, rsv1 } = parts[0]!
        const payload = Buffer.concat(parts.map(part => part.payload))
        for (const part of parts) release(part)
        return { kind: 'message', opcode, rsv1, payload, frames: parts.splice(0).length, atMs: received.atMs }
      }
    },
    finish: () => peer.finish(),
  }
}

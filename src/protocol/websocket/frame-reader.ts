import type { LengthForm } from './frame.ts'
import { appendBytes } from './growing-buffer.ts'
import { applyMask } from './mask.ts'

/** One frame with every fact of its header; nothing about it has been judged. */
export interface Frame {
  fin: boolean
  rsv1: boolean
  rsv2: boolean
  rsv3: boolean
  opcode: number
  masked: boolean
  maskKey: Buffer | null
  lengthForm: LengthForm
  declaredLength: bigint
  /** Unmasked; empty when `oversized`. */
  payload: Buffer
  header: Buffer
  wireBytes: number
  /** The declared length is over the limit: the payload was not read and the reader has stopped. */
  oversized: boolean
}

export interface FrameReaderOptions {
  /** The largest payload that is kept, in bytes. */
  maxPayloadBytes: number
}

const LONGEST_HEADER_BYTES = 14
const EMPTY = Buffer.alloc(0)

/** Cuts a byte stream into frames, whatever they say and however the stream was split. */
export class FrameReader {
  /** Set by an oversized frame: what follows can no longer be told apart and is dropped. */
  stopped = false
  private readonly maxPayloadBytes: number
  private readonly head = Buffer.alloc(LONGEST_HEADER_BYTES)
  private headLength = 0
  private frame: Frame | null = null
  private wanted = 0
  private held: Buffer | null = null
  private heldLength = 0

  constructor(options: FrameReaderOptions) {
    this.maxPayloadBytes = options.maxPayloadBytes
  }

  /** Octets of a frame that has begun and not ended. */
  get pendingBytes(): number {
    return this.headLength + this.heldLength
  }

  /** The header of the frame that has begun and not ended, once it is complete. */
  get pendingFrame(): Frame | null {
    return this.frame
  }

  /** The frames that these bytes complete. */
  push(bytes: Uint8Array): Frame[] {
    const frames: Frame[] = []
    let at = 0
    while (at < bytes.length && !this.stopped) {
      if (this.frame === null) {
        this.head[this.headLength] = bytes[at]!
        this.headLength += 1
        at += 1
        if (this.headLength < 2 || this.headLength < headerBytes(this.head[1]!)) continue
        this.frame = parseHeader(Buffer.from(this.head.subarray(0, this.headLength)))
        if (this.frame.declaredLength > BigInt(this.maxPayloadBytes)) {
          this.frame.oversized = true
          this.stopped = true
          frames.push(this.frame)
          break
        }
        this.wanted = Number(this.frame.declaredLength)
      }
      const end = Math.min(bytes.length, at + this.wanted - this.heldLength)
      if (end > at) this.held = appendBytes(this.held, this.heldLength, bytes, at, end, this.wanted)
      this.heldLength += end - at
      at = end
      if (this.heldLength === this.wanted) frames.push(this.finish(this.frame))
    }
    return frames
  }

  private finish(frame: Frame): Frame {
    if (this.held !== null) frame.payload = this.held.subarray(0, this.heldLength)
    if (frame.maskKey !== null) applyMask(frame.payload, 0, frame.payload.length, frame.maskKey)
    frame.wireBytes = frame.header.length + frame.payload.length
    this.frame = null
    this.held = null
    this.heldLength = 0
    this.headLength = 0
    return frame
  }
}

function headerBytes(second: number): number {
  const length = second & 0x7f
  return 2 + (length < 126 ? 0 : length === 126 ? 2 : 8) + (second >= 0x80 ? 4 : 0)
}

function parseHeader(header: Buffer): Frame {
  const first = header[0]!
  const second = header[1]!
  const short = second & 0x7f
  const masked = second >= 0x80
  return {
    fin: first >= 0x80,
    rsv1: (first & 0x40) !== 0,
    rsv2: (first & 0x20) !== 0,
    rsv3: (first & 0x10) !== 0,
    opcode: first & 0x0f,
    masked,
    maskKey: masked ? header.subarray(header.length - 4) : null,
    lengthForm: short < 126 ? 7 : short === 126 ? 16 : 64,
    declaredLength:
      short < 126 ? BigInt(short) : short === 126 ? BigInt(header.readUInt16BE(2)) : header.readBigUInt64BE(2),
    payload: EMPTY,
    header,
    wireBytes: header.length,
    oversized: false,
  }
}

import { constants, deflateRawSync, type InflateRaw, inflateRawSync } from 'node:zlib'
import { DeflateWindow } from './deflate-window.ts'
import type { InflateResult, MessageInflater } from './receiver-sink.ts'

// The message codec of permessage-deflate (RFC 7692 §7.2). Node has no synchronous stream, so each message is a stream
// of its own that gets the window of the messages before it as a preset dictionary: in a raw deflate stream that is
// the same thing as context takeover.

/** How one direction of a connection was negotiated. */
export interface DeflateDirection {
  /** Whether a message may refer back to the ones before it. */
  contextTakeover: boolean
  /** Base-2 logarithm of the LZ77 window, 8 to 15. */
  windowBits: number
}

/** The empty stored block that the sender cuts off and the receiver puts back (RFC 7692 §7.2.1). */
const TAIL = Buffer.from('0000ffff', 'hex')
const EMPTY_MESSAGE = Buffer.from('00', 'hex')
const FLUSH = constants.Z_SYNC_FLUSH
const SMALLEST_CHUNK_BYTES = 1024
const LARGEST_CHUNK_BYTES = 256 * 1024

/** Streams that one message may hold one after another; only blocks marked final make more than one. */
const MOST_STREAMS = 64

/** Inflates messages; without context takeover one inflater may serve any number of connections. */
export class Inflater implements MessageInflater {
  private readonly window: DeflateWindow | null

  constructor(direction: DeflateDirection) {
    this.window = direction.contextTakeover ? new DeflateWindow(1 << direction.windowBits) : null
  }

  inflate(compressed: Buffer, maxOutputBytes: number): InflateResult {
    // Blocks marked final end a zlib stream but not the message: what follows goes on in a new stream (§7.2.3.4).
    const carried = this.window ?? new DeflateWindow(1 << 15)
    const outputs: Buffer[] = []
    let outputBytes = 0
    let input = Buffer.concat([compressed, TAIL])
    for (let streams = 0; input.length > 0; streams += 1) {
      if (streams === MOST_STREAMS) return corrupt(`over ${MOST_STREAMS} final blocks in one message`)
      const part = inflateStream(input, carried.bytes(), maxOutputBytes - outputBytes)
      if (!part.ok) return part
      outputs.push(part.bytes)
      outputBytes += part.bytes.length
      const more = part.consumedBytes < input.length
      if (more || this.window !== null) carried.append(part.bytes)
      input = input.subarray(part.consumedBytes)
    }
    return { ok: true, bytes: outputs.length === 1 ? outputs[0]! : Buffer.concat(outputs) }
  }
}

function inflateStream(
  input: Buffer,
  dictionary: Buffer,
  maxOutputBytes: number,
): (InflateResult & { ok: false }) | { ok: true; bytes: Buffer; consumedBytes: number } {
  try {
    // zlib checks distances only against what it still holds, so a small windowBits would refuse or let pass by
    // accident of chunking. It runs with the full window here; walkDeflate tells how far back a stream reaches.
    const result = inflateRawSync(input, {
      ...(dictionary.length > 0 && { dictionary }),
      finishFlush: FLUSH,
      maxOutputLength: Math.max(1, maxOutputBytes),
      chunkSize: chunkBytes(input.length * 4),
      info: true,
    }) as unknown as { buffer: Buffer; engine: InflateRaw }
    if (result.buffer.length > maxOutputBytes) return tooBig()
    const consumedBytes = result.engine.bytesWritten
    if (consumedBytes === 0) return corrupt('no progress')
    return { ok: true, bytes: result.buffer, consumedBytes }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return code === 'ERR_BUFFER_TOO_LARGE' ? tooBig() : corrupt(message)
  }
}

function tooBig(): InflateResult & { ok: false } {
  return { ok: false, fault: 'too-big', text: 'inflated message over the limit' }
}

function corrupt(text: string): InflateResult & { ok: false } {
  return { ok: false, fault: 'corrupt', text: `compressed data cannot be inflated: ${text}` }
}

export interface DeflaterOptions {
  /** 0 to 9, or -1 for the default of zlib. */
  level?: number
  /**
   * Remember less of the earlier messages than was agreed: zlib reads what is remembered anew for every message, which
   * costs about 60 µs for a full window of 32 KiB and 10 µs for 4 KiB.
   */
  rememberedBytes?: number
}

/** Compresses messages; without context takeover one deflater may serve any number of connections. */
export class Deflater {
  private readonly window: DeflateWindow | null
  private readonly windowBits: number
  private readonly level: number

  constructor(direction: DeflateDirection, options: DeflaterOptions = {}) {
    const windowBytes = Math.min(1 << direction.windowBits, options.rememberedBytes ?? Infinity)
    this.window = direction.contextTakeover ? new DeflateWindow(windowBytes) : null
    // zlib makes no raw stream of 8 bits. With 9 it keeps 262 octets of its 512 for lookahead and never refers back
    // more than 250, so what it makes also fits a window of 256.
    this.windowBits = Math.max(9, direction.windowBits)
    this.level = options.level ?? constants.Z_DEFAULT_COMPRESSION
  }

  /** The payload of a message whose first frame has RSV1 set. */
  deflate(message: Buffer): Buffer {
    if (message.length === 0) return EMPTY_MESSAGE
    const dictionary = this.window?.bytes()
    const stream = deflateRawSync(message, {
      ...(dictionary !== undefined && dictionary.length > 0 && { dictionary }),
      windowBits: this.windowBits,
      level: this.level,
      finishFlush: FLUSH,
      chunkSize: chunkBytes(message.length + 64),
    })
    this.window?.append(message)
    return stream.subarray(0, stream.length - TAIL.length)
  }
}

function chunkBytes(wanted: number): number {
  return Math.min(LARGEST_CHUNK_BYTES, Math.max(SMALLEST_CHUNK_BYTES, wanted))
}

import { randomFillSync } from 'node:crypto'
import { encodeClosePayload } from './close-code.ts'
import { applyMask } from './mask.ts'
import { OPCODE } from './opcode.ts'
import { WordView } from './word-view.ts'

const EMPTY = Buffer.alloc(0)
const targetWords = new WordView()
const payloadWords = new WordView()

/** Below this many bytes copying and masking in one loop beats a native copy followed by masking by words. */
const ONE_LOOP_BELOW_BYTES = 176

/** Fresh unpredictable mask keys (RFC 6455 §5.3), drawn from the system in batches. */
export class MaskKeys {
  private readonly pool = new Int32Array(2048)
  private at = this.pool.length

  /** The next key, its first octet lowest. */
  next(): number {
    if (this.at === this.pool.length) {
      randomFillSync(this.pool)
      this.at = 0
    }
    const key = this.pool[this.at]!
    this.at += 1
    return key
  }
}

/** Octets of a client's frame: header, mask key and payload. */
export function frameSize(payloadLength: number): number {
  return payloadLength + (payloadLength < 126 ? 6 : payloadLength < 65536 ? 8 : 14)
}

/** Writes one final masked frame at target[offset] and returns the offset after it. `rsv1`: compressed payload. */
export function writeFrame(
  target: Buffer,
  offset: number,
  opcode: number,
  payload: Buffer,
  keys: MaskKeys,
  rsv1 = false,
): number {
  const length = payload.length
  const end = offset + frameSize(length)
  if (end > target.length) throw new RangeError(`a frame of ${end - offset} bytes does not fit at ${offset}`)
  target[offset] = (rsv1 ? 0xc0 : 0x80) | opcode
  let at = offset + 2
  if (length < 126) {
    target[offset + 1] = 0x80 | length
  } else if (length < 65536) {
    target[offset + 1] = 0x80 | 126
    target.writeUInt16BE(length, at)
    at += 2
  } else {
    target[offset + 1] = 0x80 | 127
    target.writeUInt32BE(Math.floor(length / 0x1_0000_0000), at)
    target.writeUInt32BE(length >>> 0, at + 4)
    at += 8
  }
  const words = targetWords.of(target)
  const key = keys.next()
  words.setInt32(at, key, true)
  at += 4
  if (length >= ONE_LOOP_BELOW_BYTES) {
    target.set(payload, at)
    applyMask(target, at, end, target, at - 4)
    return end
  }
  const from = payloadWords.of(payload)
  let i = 0
  for (; i + 3 < length; i += 4) words.setInt32(at + i, from.getInt32(i, true) ^ key, true)
  for (; i < length; i += 1) target[at + i] = payload[i]! ^ (key >>> ((i & 3) * 8))
  return end
}

/** Writes a Close with a code, or an empty one where `code` is undefined; the reason has at most 123 bytes. */
export function writeClose(target: Buffer, offset: number, keys: MaskKeys, code?: number, reason = ''): number {
  return writeControl(target, offset, OPCODE.close, encodeClosePayload(code, reason), keys)
}

/** Writes the Pong that answers a Ping with this payload, at most 125 bytes. */
export function writePong(target: Buffer, offset: number, keys: MaskKeys, payload: Buffer = EMPTY): number {
  return writeControl(target, offset, OPCODE.pong, payload, keys)
}

/** Writes a Ping; the peer sends its payload, at most 125 bytes, back. */
export function writePing(target: Buffer, offset: number, keys: MaskKeys, payload: Buffer = EMPTY): number {
  return writeControl(target, offset, OPCODE.ping, payload, keys)
}

function writeControl(target: Buffer, offset: number, opcode: number, payload: Buffer, keys: MaskKeys): number {
  if (payload.length > 125) throw new RangeError(`a control frame holds 125 bytes, not ${payload.length}`)
  return writeFrame(target, offset, opcode, payload, keys)
}

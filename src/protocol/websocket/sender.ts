import { randomFillSync } from 'node:crypto'
import { encodeClosePayload } from './close-code.ts'
import { applyMask } from './mask.ts'
import { OPCODE } from './opcode.ts'

const EMPTY = Buffer.alloc(0)

/** Below this many bytes copying and masking in one loop beats a native copy followed by masking by words. */
const ONE_LOOP_BELOW_BYTES = 176

/** Fresh unpredictable mask keys (RFC 6455 §5.3), drawn from the system in batches. */
export class MaskKeys {
  private readonly pool = Buffer.alloc(8192)
  private at = this.pool.length

  /** Writes the next 4-byte key at target[offset]. */
  write(target: Buffer, offset: number): void {
    if (this.at === this.pool.length) {
      randomFillSync(this.pool)
      this.at = 0
    }
    const { pool, at } = this
    target[offset] = pool[at]!
    target[offset + 1] = pool[at + 1]!
    target[offset + 2] = pool[at + 2]!
    target[offset + 3] = pool[at + 3]!
    this.at = at + 4
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
  keys.write(target, at)
  const key = at
  at += 4
  if (length >= ONE_LOOP_BELOW_BYTES) {
    target.set(payload, at)
    applyMask(target, at, end, target, key)
    return end
  }
  const key0 = target[key]!
  const key1 = target[key + 1]!
  const key2 = target[key + 2]!
  const key3 = target[key + 3]!
  let i = 0
  for (; i + 3 < length; i += 4) {
    target[at + i] = payload[i]! ^ key0
    target[at + i + 1] = payload[i + 1]! ^ key1
    target[at + i + 2] = payload[i + 2]! ^ key2
    target[at + i + 3] = payload[i + 3]! ^ key3
  }
  if (i < length) target[at + i] = payload[i]! ^ key0
  if (i + 1 < length) target[at + i + 1] = payload[i + 1]! ^ key1
  if (i + 2 < length) target[at + i + 2] = payload[i + 2]! ^ key2
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

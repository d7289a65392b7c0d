import { applyMask } from './mask.ts'

/** How the payload length is written: in 7 bits, in 16 bits after 126, in 64 bits after 127 (RFC 6455 §5.2). */
export type LengthForm = 7 | 16 | 64

/** Every field of a frame as it shall stand on the wire, legal or not. */
export interface FrameSpec {
  fin?: boolean
  rsv1?: boolean
  rsv2?: boolean
  rsv3?: boolean
  opcode: number
  /** The 4-byte key; null sends the payload unmasked with MASK=0. */
  mask: Uint8Array | null
  payload?: Uint8Array
  lengthForm?: 'minimal' | LengthForm
  /** What the header claims, up to 2^64 - 1; default: the truth. */
  declaredLength?: bigint | number
}

const EMPTY = Buffer.alloc(0)

/** One frame's bytes: header, key, payload. A declared length larger than the payload leaves the frame unfinished. */
export function encodeFrame(spec: FrameSpec): Buffer {
  const payload = spec.payload ?? EMPTY
  const declared = BigInt(spec.declaredLength ?? payload.length)
  const form = spec.lengthForm === undefined || spec.lengthForm === 'minimal' ? minimalForm(declared) : spec.lengthForm
  if (form === 7 && declared > 125n) throw new RangeError(`length ${declared} does not fit the 7-bit form`)
  const lengthBytes = form === 7 ? 0 : form / 8
  const maskAt = 2 + lengthBytes
  const payloadAt = maskAt + (spec.mask === null ? 0 : 4)
  const frame = Buffer.alloc(payloadAt + payload.length)
  const flags =
    (spec.fin === false ? 0 : 0x80) | (spec.rsv1 ? 0x40 : 0) | (spec.rsv2 ? 0x20 : 0) | (spec.rsv3 ? 0x10 : 0)
  frame[0] = flags | (spec.opcode & 0x0f)
  frame[1] = (spec.mask === null ? 0 : 0x80) | (form === 7 ? Number(declared) : form === 16 ? 126 : 127)
  if (form === 16) frame.writeUInt16BE(Number(declared), 2)
  if (form === 64) frame.writeBigUInt64BE(declared, 2)
  frame.set(payload, payloadAt)
  if (spec.mask !== null) {
    if (spec.mask.length !== 4) throw new RangeError(`a mask key has 4 bytes, not ${spec.mask.length}`)
    frame.set(spec.mask, maskAt)
    applyMask(frame, payloadAt, frame.length, spec.mask)
  }
  return frame
}

/** The only form a sender may use for this length (RFC 6455 §5.2). */
export function minimalForm(length: bigint | number): LengthForm {
  return length <= 125 ? 7 : length <= 0xffff ? 16 : 64
}

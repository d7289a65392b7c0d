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
export const encodeFrame = (spec: FrameSpec): Buffer => encodeFrames([spec])

/** Frames one after the other in one buffer. */
export function encodeFrames(specs: readonly FrameSpec[]): Buffer {
  const bytes = Buffer.allocUnsafe(specs.reduce((sum, spec) => sum + frameBytes(spec), 0))
  let at = 0
  for (const spec of specs) at = writeFrame(bytes, at, spec)
  return bytes
}

function lengthFormOf({ lengthForm = 'minimal', declaredLength, payload = EMPTY }: FrameSpec): LengthForm {
  return lengthForm === 'minimal' ? minimalForm(declaredLength ?? payload.length) : lengthForm
}

const LENGTH_BYTES = { 7: 0, 16: 2, 64: 8 } as const

const frameBytes = (spec: FrameSpec) =>
  2 + LENGTH_BYTES[lengthFormOf(spec)] + (spec.mask === null ? 0 : 4) + (spec.payload?.length ?? 0)

/** Returns where the frame ends. */
function writeFrame(bytes: Buffer, start: number, spec: FrameSpec): number {
  const { mask, payload = EMPTY, declaredLength = payload.length } = spec
  const form = lengthFormOf(spec)
  if (form === 7 && declaredLength > 125) throw new RangeError(`length ${declaredLength} does not fit the 7-bit form`)
  const flags =
    (spec.fin === false ? 0 : 0x80) | (spec.rsv1 ? 0x40 : 0) | (spec.rsv2 ? 0x20 : 0) | (spec.rsv3 ? 0x10 : 0)
  bytes[start] = flags | (spec.opcode & 0x0f)
  bytes[start + 1] = (mask === null ? 0 : 0x80) | (form === 7 ? Number(declaredLength) : form === 16 ? 126 : 127)
  if (form === 16) bytes.writeUInt16BE(Number(declaredLength), start + 2)
  if (form === 64) bytes.writeBigUInt64BE(BigInt(declaredLength), start + 2)
  const maskAt = start + 2 + LENGTH_BYTES[form]
  const payloadAt = maskAt + (mask === null ? 0 : 4)
  const end = payloadAt + payload.length
  bytes.set(payload, payloadAt)
  if (mask !== null) {
    if (mask.length !== 4) throw new RangeError(`a mask key has 4 bytes, not ${mask.length}`)
    bytes.set(mask, maskAt)
    applyMask(bytes, payloadAt, end, mask)
  }
  return end
}

/** The only form a sender may use for this length (RFC 6455 §5.2). */
export function minimalForm(length: bigint | number): LengthForm {
  return length <= 125 ? 7 : length <= 0xffff ? 16 : 64
}

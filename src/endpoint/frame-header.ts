/** Collects the header of one client frame octet by octet (RFC 6455 §5.2). */
export interface FrameHeader {
  /** Octets seen of the header under way; 0 between frames. */
  have: number
  readonly bytes: Buffer
}

export type HeaderProgress = 'more' | 'complete' | 'refused'

export function frameHeader(): FrameHeader {
  return { have: 0, bytes: Buffer.alloc(14) }
}

/** Adds an octet. `refused`: `ws` turns this frame down on its first two octets, so it must get them at once. */
export function addOctet(header: FrameHeader, octet: number): HeaderProgress {
  header.bytes[header.have++] = octet
  if (header.have < 2) return 'more'
  if (header.have === 2 && refusedAtOnce(header.bytes)) return 'refused'
  return header.have === headerLength(header.bytes) ? 'complete' : 'more'
}

/** The payload's length, or undefined where a shorter form would have held it. */
export function payloadLength(header: FrameHeader): number | undefined {
  const short = header.bytes[1]! & 0x7f
  if (short < 126) return short
  if (short === 126) {
    const length = header.bytes.readUInt16BE(2)
    return length < 126 ? undefined : length
  }
  const length = header.bytes.readUInt32BE(2) * 2 ** 32 + header.bytes.readUInt32BE(6)
  return length < 65_536 ? undefined : length
}

export const opcode = (header: FrameHeader): number => header.bytes[0]! & 0x0f
export const isFinal = (header: FrameHeader): boolean => (header.bytes[0]! & 0x80) !== 0
export const isCompressed = (header: FrameHeader): boolean => (header.bytes[0]! & 0x40) !== 0
/** A view: valid until the next header begins. */
export const maskingKey = (header: FrameHeader): Buffer => {
  const length = headerLength(header.bytes)
  return header.bytes.subarray(length - 4, length)
}

function headerLength(bytes: Buffer): number {
  const short = bytes[1]! & 0x7f
  return 6 + (short === 126 ? 2 : short === 127 ? 8 : 0)
}

function refusedAtOnce(bytes: Buffer): boolean {
  const isControl = (bytes[0]! & 0x08) !== 0
  return (bytes[0]! & 0x30) !== 0 || (bytes[1]! & 0x80) === 0 || (isControl && (bytes[1]! & 0x7f) > 125)
}

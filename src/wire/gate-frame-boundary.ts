// Where a relayed server's stream stands, so that the gate can put a frame of its own between two of the server's.

/** Follows RFC 6455 §5.2 frames of an unmasked stream; `pending` is how much of the current frame is still to come. */
export interface FrameBoundary {
  /** Between two frames. */
  atBoundary: boolean
  push(bytes: Uint8Array): void
}

const HEADER_MAX = 10

export function trackFrames(): FrameBoundary {
  const header = new Uint8Array(HEADER_MAX)
  let have = 0
  let payloadLeft = 0

  function headerLength(): number {
    if (have < 2) return 2
    const short = header[1]! & 0x7f
    return short === 126 ? 4 : short === 127 ? 10 : 2
  }
  function payloadLength(): number {
    const short = header[1]! & 0x7f
    const view = new DataView(header.buffer)
    if (short === 126) return view.getUint16(2)
    return short === 127 ? Number(view.getBigUint64(2)) : short
  }
  return {
    atBoundary: true,
    push(bytes) {
      let at = 0
      while (at < bytes.length) {
        if (payloadLeft > 0) {
          const skipped = Math.min(payloadLeft, bytes.length - at)
          payloadLeft -= skipped
          at += skipped
          continue
        }
        header[have++] = bytes[at++]!
        if (have < headerLength()) continue
        payloadLeft = payloadLength()
        have = 0
      }
      this.atBoundary = have === 0 && payloadLeft === 0
    },
  }
}

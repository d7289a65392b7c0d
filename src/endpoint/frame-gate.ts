import { addOctet, frameHeader, isCompressed, isFinal, maskingKey, opcode, payloadLength } from './frame-header.ts'
import { type Utf8Progress, utf8Progress } from './utf8-progress.ts'

/** Bytes from a client in, bytes for `ws` out. */
export type FrameGate = (chunk: Buffer) => readonly Buffer[]

// What `ws` itself refuses with the right code, in the place of what it would let pass: reserved bits for 1002; for
// 1007 an octet that is never UTF-8 as the end of the message.
const protocolError = Buffer.from('f080', 'hex')
const invalidText = Buffer.from('818100000000ff', 'hex')
const invalidContinuation = Buffer.from('808100000000ff', 'hex')

const closeOpcode = 8
const heldPiecesMax = 65_536

/**
 * Holds a client to what `ws` leaves open: lengths in their minimal form (RFC 6455 §5.2), text refused at its first bad
 * octet instead of at its end (§8.1), and 1010 never sent back by a server (§7.4.1). Text and Close frames are held
 * until they are complete, which `ws` would do too; everything else passes at once.
 */
export function frameGate(maxMessageBytes: number): FrameGate {
  const header = frameHeader()
  let mode: 'check' | 'pass' | 'drop' = 'check'
  let inPayload = false
  let holding = false
  let remaining = 0
  let position = 0
  /** The frame under way from its first octet, as far as it came in earlier chunks. */
  let held: Buffer[] = []
  let messageBytes = 0
  let isText = false
  let progress: Utf8Progress | undefined

  function beginFrame(lengthBytes: number): void {
    const kind = opcode(header)
    if (kind < closeOpcode) messageBytes += lengthBytes
    if (kind === 1 || kind === 2) {
      isText = kind === 1 && !isCompressed(header)
      progress = undefined
    }
    holding = kind === closeOpcode || (kind < 2 && isText && messageBytes <= maxMessageBytes)
    inPayload = true
    remaining = lengthBytes
    position = 0
  }

  /** Skipped for a message that is one frame in one chunk: `ws` looks at it next. */
  function isValidSoFar(chunk: Buffer, from: number, to: number): boolean {
    const kind = opcode(header)
    if (!holding || kind === closeOpcode) return true
    if (kind === 1 && isFinal(header) && position === 0 && to - from === remaining) return true
    progress ??= utf8Progress()
    return progress(chunk, from, to, maskingKey(header), position)
  }

  function endFrame(): void {
    if (opcode(header) < closeOpcode && isFinal(header)) messageBytes = 0
    if (opcode(header) === closeOpcode) mode = 'drop'
    inPayload = false
    header.have = 0
  }

  return chunk => {
    if (mode !== 'check') return mode === 'pass' ? [chunk] : []
    const out: Buffer[] = []
    let from = 0
    let frameStart = 0
    let at = 0
    const handOn = (end: number) => {
      out.push(...held)
      held = []
      if (end > from) out.push(chunk.subarray(from, end))
      from = end
    }
    const replaceFrame = (replacement: Buffer) => {
      if (held.length === 0) handOn(frameStart)
      held = []
      mode = 'drop'
      out.push(replacement)
      return out
    }

    while (at < chunk.length) {
      if (!inPayload) {
        if (header.have === 0) frameStart = at
        const progressed = addOctet(header, chunk[at++]!)
        if (progressed === 'refused') {
          mode = 'pass'
          handOn(chunk.length)
          return out
        }
        if (progressed === 'more') continue
        const lengthBytes = payloadLength(header)
        if (lengthBytes === undefined) return replaceFrame(protocolError)
        beginFrame(lengthBytes)
      }
      const end = Math.min(chunk.length, at + remaining)
      if (!isValidSoFar(chunk, at, end)) {
        return replaceFrame(opcode(header) === 0 ? invalidContinuation : invalidText)
      }
      remaining -= end - at
      position += end - at
      at = end
      if (remaining > 0) break
      if (opcode(header) === closeOpcode) {
        endFrame()
        const frame = Buffer.concat([...held, chunk.subarray(held.length > 0 ? 0 : frameStart, at)])
        return replaceFrame(withCodeForServers(frame))
      }
      endFrame()
      if (held.length > 0) handOn(at)
    }

    if (header.have === 0 || (inPayload && !holding)) {
      handOn(chunk.length)
      return out
    }
    if (held.length === 0) handOn(frameStart)
    held.push(chunk.subarray(from))
    // Too many scraps of one frame: `ws` has a bound of its own for them.
    if (held.length > heldPiecesMax) {
      holding = false
      from = chunk.length
      handOn(chunk.length)
    }
    return out
  }
}

/** 1010 is for clients only, and `ws` would echo it: it reads 1000 instead. The codes differ in their second octet. */
function withCodeForServers(closeFrame: Buffer): Buffer {
  const [first, second] = [closeFrame[6]! ^ closeFrame[2]!, closeFrame[7]! ^ closeFrame[3]!]
  if (closeFrame.length >= 8 && first * 256 + second === 1010) closeFrame[7]! ^= (1010 ^ 1000) & 0xff
  return closeFrame
}

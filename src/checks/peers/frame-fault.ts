import { parseClosePayload } from '../../protocol/websocket/close-code.ts'
import type { Frame } from '../../protocol/websocket/frame-reader.ts'
import { minimalForm } from '../../protocol/websocket/frame.ts'
import { isControlOpcode, isReservedOpcode, OPCODE } from '../../protocol/websocket/opcode.ts'

/** A rule that a client's frame or message can break. */
export type FrameFault =
  | 'unmasked'
  | 'rsv'
  | 'rsv1-place'
  | 'opcode'
  | 'control-length'
  | 'control-fragmented'
  | 'length-form'
  | 'length-msb'
  | 'too-big'
  | 'continuation'
  | 'interleaved'
  | 'utf8'
  | 'deflate'
  | 'close-length'
  | 'close-code'
  | 'close-utf8'

/** The faults that the header alone shows; `deflate`: RSV1 may open a data message. */
export function headerFaults(frame: Frame, messageOpen: boolean, deflate: boolean): FrameFault[] {
  const { opcode } = frame
  const control = isControlOpcode(opcode)
  const opens = opcode === OPCODE.text || opcode === OPCODE.binary
  const faults: [FrameFault, boolean][] = [
    ['unmasked', !frame.masked],
    ['rsv', frame.rsv2 || frame.rsv3 || (frame.rsv1 && !deflate)],
    ['rsv1-place', frame.rsv1 && deflate && !opens],
    ['opcode', isReservedOpcode(opcode)],
    ['length-msb', frame.declaredLength >= 1n << 63n],
    ['control-length', control && (frame.declaredLength > 125n || frame.lengthForm !== 7)],
    ['control-fragmented', control && !frame.fin],
    ['length-form', !control && frame.lengthForm !== minimalForm(frame.declaredLength)],
    ['continuation', opcode === OPCODE.continuation && !messageOpen],
    ['interleaved', opens && messageOpen],
    ['too-big', frame.oversized],
  ]
  return faults.filter(([, broken]) => broken).map(([fault]) => fault)
}

/** The fault of a Close frame's payload, or null. */
export function closeFault(payload: Buffer): FrameFault | null {
  const close = parseClosePayload(payload)
  if (close.kind === 'one-byte') return 'close-length'
  if (close.kind === 'empty') return null
  if (!close.wireLegal) return 'close-code'
  return close.kind === 'invalid-utf8' ? 'close-utf8' : null
}

/** The close code that tells of a fault. */
export function faultCode(fault: FrameFault): number {
  if (fault === 'utf8' || fault === 'close-utf8' || fault === 'deflate') return 1007
  return fault === 'too-big' ? 1009 : 1002
}

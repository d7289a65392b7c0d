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

/** What the receiver of a frame is in the middle of; `deflate`: RSV1 may open a data message. */
export interface FrameContext {
  messageOpen: boolean
  deflate: boolean
}

const control = ({ opcode }: Frame) => isControlOpcode(opcode)
const opens = ({ opcode }: Frame) => opcode === OPCODE.text || opcode === OPCODE.binary

const HEADER_RULES: readonly [fault: FrameFault, broken: (frame: Frame, context: FrameContext) => boolean][] = [
  ['unmasked', frame => !frame.masked],
  ['rsv', (frame, { deflate }) => frame.rsv2 || frame.rsv3 || (frame.rsv1 && !deflate)],
  ['rsv1-place', (frame, { deflate }) => frame.rsv1 && deflate && !opens(frame)],
  ['opcode', frame => isReservedOpcode(frame.opcode)],
  ['length-msb', frame => frame.declaredLength >= 1n << 63n],
  ['control-length', frame => control(frame) && (frame.declaredLength > 125n || frame.lengthForm !== 7)],
  ['control-fragmented', frame => control(frame) && !frame.fin],
  ['length-form', frame => !control(frame) && frame.lengthForm !== minimalForm(frame.declaredLength)],
  ['continuation', (frame, { messageOpen }) => frame.opcode === OPCODE.continuation && !messageOpen],
  ['interleaved', (frame, { messageOpen }) => opens(frame) && messageOpen],
  ['too-big', frame => frame.oversized],
]

/** The first fault that the header alone shows, besides those that are tolerated; null: none. */
export function headerFault(
  frame: Frame,
  context: FrameContext,
  tolerated: ReadonlySet<FrameFault>,
): FrameFault | null {
  for (const [fault, broken] of HEADER_RULES) if (broken(frame, context) && !tolerated.has(fault)) return fault
  return null
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

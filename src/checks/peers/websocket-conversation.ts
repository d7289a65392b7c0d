import { type Frame, FrameReader } from '../../protocol/websocket/frame-reader.ts'
import { OPCODE } from '../../protocol/websocket/opcode.ts'
import { Utf8Validator } from '../../protocol/websocket/utf8.ts'
import { closeFault, faultCode, type FrameFault, headerFault } from './frame-fault.ts'
import type { WebSocketDeviations } from './websocket-server.ts'
import type { WebSocketSide } from './websocket-side.ts'

const PATIENCE_MS = 600_000
const MAX_PAYLOAD_BYTES = 32 * 1024 * 1024

interface OpenMessage {
  opcode: number
  rsv1: boolean
  parts: Buffer[]
  bytes: number
  text: Utf8Validator
}

/** Reads frames to the end of the connection and answers them as RFC 6455 demands, but for the deviations. */
export async function converse(side: WebSocketSide, deviations: WebSocketDeviations): Promise<void> {
  const maxPayloadBytes = deviations.maxPayloadBytes ?? MAX_PAYLOAD_BYTES
  const reader = new FrameReader({ maxPayloadBytes })
  const tolerates = new Set(deviations.tolerates)
  let message: OpenMessage | null = null
  let over = false

  function failed(fault: FrameFault | null): boolean {
    if (fault === null || tolerates.has(fault)) return false
    over = true
    if (deviations.failing !== undefined) deviations.failing(side, faultCode(fault), fault)
    else {
      side.close(faultCode(fault))
      side.connection.finish()
    }
    return true
  }

  const faulty = (frame: Frame) =>
    failed(headerFault(frame, { messageOpen: message !== null, deflate: side.inflater !== null }, tolerates))

  async function close(payload: Buffer): Promise<void> {
    if (failed(closeFault(payload))) return
    const answer = deviations.closeAnswer === undefined ? payload.subarray(0, 2) : deviations.closeAnswer(payload)
    if (answer !== null) side.send({ opcode: OPCODE.close, payload: answer })
    if (deviations.talksOn === true) return
    over = true
    if (deviations.ending === undefined) side.connection.finish()
    else await deviations.ending(side.connection)
  }

  function data(frame: Frame): void | Promise<void> {
    if (frame.opcode !== OPCODE.continuation || message === null) {
      message = {
        opcode: frame.opcode || OPCODE.text,
        rsv1: frame.rsv1,
        parts: [],
        bytes: 0,
        text: new Utf8Validator(),
      }
    }
    const { opcode, rsv1, parts, text } = message
    // An empty fragment leaves nothing to keep.
    if (frame.payload.length > 0) parts.push(frame.payload)
    message.bytes += frame.payload.length
    if (message.bytes > (deviations.maxMessageBytes ?? Infinity) && failed('too-big')) return
    const compressed = rsv1 && side.inflater !== null
    const checkNow = opcode === OPCODE.text && !compressed && (deviations.utf8 !== 'message' || frame.fin)
    if (checkNow) {
      const unchecked = deviations.utf8 === 'message' ? parts : [frame.payload]
      const valid = unchecked.every(part => text.push(part)) && (!frame.fin || text.complete)
      if (!valid && failed('utf8')) return
    }
    if (!frame.fin) return
    message = null
    let payload = Buffer.concat(parts)
    if (compressed) {
      const inflated = side.inflater.inflate(payload, maxPayloadBytes)
      if (!inflated.ok) {
        failed(inflated.fault === 'too-big' ? 'too-big' : 'deflate')
        return
      }
      payload = Buffer.from(inflated.bytes)
      const whole = new Utf8Validator()
      if (opcode === OPCODE.text && !(whole.push(payload) && whole.complete) && failed('utf8')) return
    }
    if (deviations.message === undefined) side.message(opcode, payload)
    else return deviations.message(side, opcode, payload)
  }

  /** A promise only where there is something to wait for: a message may come in 100,000 frames. */
  function take(frame: Frame): void | Promise<void> {
    if (deviations.frame?.(frame, side) === true) return
    if (faulty(frame)) return
    if (frame.opcode === OPCODE.close) return close(frame.payload)
    if (frame.opcode === OPCODE.ping) {
      const payload = deviations.pong === undefined ? frame.payload : deviations.pong(frame.payload)
      if (payload !== null) side.send({ opcode: OPCODE.pong, payload })
    } else if (frame.opcode <= OPCODE.binary) return data(frame)
  }

  for (;;) {
    const read = await side.connection.read(PATIENCE_MS)
    if (read.kind !== 'bytes') {
      side.connection.finish()
      return
    }
    for (const frame of reader.push(read.bytes)) {
      const taken = take(frame)
      if (taken !== undefined) await taken
      if (over) return
    }
    // A header that is wrong in itself decides before its payload has come.
    if (reader.pendingFrame !== null && faulty(reader.pendingFrame)) return
  }
}

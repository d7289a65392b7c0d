import { type ClosePayload, NO_STATUS, parseClosePayload } from './close-code.ts'
import { appendBytes } from './growing-buffer.ts'
import { serverHeaderFault } from './header-fault.ts'
import { OPCODE } from './opcode.ts'
import type { MessageInflater, ReceiverOptions, ReceiverSink } from './receiver-sink.ts'
import { isValidUtf8 } from './utf8.ts'

// What the next octet is. Headers are taken octet by octet on the slow path, so a cut header needs no buffer.
const FIRST = 0
const SECOND = 1
const LENGTH = 2
const DATA = 3
const CONTROL = 4
const DONE = 5

const FINAL_TEXT = 0x81
const FINAL_BINARY = 0x82

/** The client's side of one connection for load: parses in place and holds bytes only while a message is cut. */
export class Receiver<Context> {
  private readonly options: ReceiverOptions
  private readonly inflater: MessageInflater | null
  private state = FIRST
  private first = 0
  private second = 0
  /** Length octets still to come. */
  private lengthBytes = 0
  /** Payload octets of this frame still to come; in LENGTH the part of the number read so far. */
  private remaining = 0
  /** Opcode of the message that has begun and not ended; 0 between messages. */
  private opcode = 0
  private compressed = false
  private held: Buffer | null = null
  private heldLength = 0
  private control: Buffer | null = null
  private controlLength = 0

  constructor(options: ReceiverOptions, inflater: MessageInflater | null = null) {
    this.options = options
    this.inflater = inflater
  }

  /** Nothing more will be read: a Close came, the peer broke the protocol, or stop() was called. */
  get done(): boolean {
    return this.state === DONE
  }

  /** Ignores all further bytes and lets go of what is held; may be called from within the sink. */
  stop(): void {
    this.state = DONE
    this.held = null
    this.control = null
  }

  /** Parses buffer[start, end) and calls the sink for everything that these bytes complete. */
  push(buffer: Buffer, start: number, end: number, sink: ReceiverSink<Context>, context: Context): void {
    const { validateUtf8, maxMessageBytes } = this.options
    const { bytes } = sink
    const before = bytes.payload
    let at = start
    while (at < end && this.state !== DONE) {
      // The common case, and all of the speed: a short unfragmented message that lies whole in this read.
      while (this.state === FIRST && this.opcode === 0 && end - at >= 2) {
        const first = buffer[at]!
        const length = buffer[at + 1]!
        const from = at + 2
        const to = from + length
        if ((first !== FINAL_TEXT && first !== FINAL_BINARY) || length > 125 || to > end) break
        if (length > maxMessageBytes) break
        if (first === FINAL_TEXT && validateUtf8 && !isValidUtf8(buffer, from, to)) break
        bytes.payload += length
        at = to
        sink.message(context, first & 0x0f, buffer, from, to)
      }
      if (at < end) at = this.step(buffer, at, end, sink, context)
    }
    bytes.framing += end - start - (bytes.payload - before)
  }

  private step(buffer: Buffer, at: number, end: number, sink: ReceiverSink<Context>, context: Context): number {
    switch (this.state) {
      case FIRST:
        this.first = buffer[at]!
        this.state = SECOND
        return at + 1
      case SECOND:
        this.second = buffer[at]!
        this.begin(buffer, at + 1, sink, context)
        return at + 1
      case LENGTH:
        this.lengthOctet(buffer, at, sink, context)
        return at + 1
      case DATA:
        return this.data(buffer, at, end, sink, context)
      case CONTROL:
        return this.controlData(buffer, at, end, sink, context)
      default:
        return end
    }
  }

  /** Both fixed octets are known: everything but the long lengths can be judged now (RFC 6455 §5.2–5.5). */
  private begin(buffer: Buffer, at: number, sink: ReceiverSink<Context>, context: Context): void {
    const fault = serverHeaderFault(this.first, this.second, this.opcode !== 0, this.inflater !== null)
    const opcode = this.first & 0x0f
    const length = this.second
    if (fault !== null) this.fail(sink, context, 1002, fault)
    else if (opcode >= OPCODE.close) {
      this.remaining = length
      this.controlLength = 0
      this.state = CONTROL
      if (length === 0) this.controlData(buffer, at, at, sink, context)
    } else {
      if (opcode !== OPCODE.continuation) {
        this.opcode = opcode
        this.compressed = (this.first & 0x40) !== 0
      }
      this.lengthBytes = length <= 125 ? 0 : length === 126 ? 2 : 8
      this.remaining = length <= 125 ? length : 0
      if (length <= 125) this.beginData(buffer, at, sink, context)
      else this.state = LENGTH
    }
  }

  private lengthOctet(buffer: Buffer, at: number, sink: ReceiverSink<Context>, context: Context): void {
    const octet = buffer[at]!
    if (this.lengthBytes === 8 && octet >= 0x80) {
      this.fail(sink, context, 1002, 'most significant bit of a 64-bit length set')
      return
    }
    this.remaining = this.remaining * 256 + octet
    this.lengthBytes -= 1
    if (this.lengthBytes > 0) return
    if (this.remaining < (this.second === 126 ? 126 : 65536)) sink.nonMinimalLengths += 1
    this.beginData(buffer, at + 1, sink, context)
  }

  private beginData(buffer: Buffer, at: number, sink: ReceiverSink<Context>, context: Context): void {
    this.state = DATA
    if (this.heldLength + this.remaining > this.options.maxMessageBytes) {
      this.fail(sink, context, 1009, `message over ${this.options.maxMessageBytes} bytes`)
    } else if (this.remaining === 0) this.data(buffer, at, at, sink, context)
  }

  private data(buffer: Buffer, at: number, end: number, sink: ReceiverSink<Context>, context: Context): number {
    const to = Math.min(end, at + this.remaining)
    const final = this.first >= 0x80
    sink.bytes.payload += to - at
    this.remaining -= to - at
    const complete = this.remaining === 0
    if (complete) this.state = FIRST
    if (complete && final && this.held === null) {
      this.deliver(buffer, at, to, sink, context)
      return to
    }
    if (to > at) {
      const expected = this.heldLength + to - at + this.remaining
      this.held = appendBytes(this.held, this.heldLength, buffer, at, to, expected)
      this.heldLength += to - at
    }
    if (complete && final) this.deliver(this.held!, 0, this.heldLength, sink, context)
    return to
  }

  private deliver(buffer: Buffer, from: number, to: number, sink: ReceiverSink<Context>, context: Context): void {
    const opcode = this.opcode
    this.opcode = 0
    this.held = null
    this.heldLength = 0
    if (!this.compressed || this.inflater === null) {
      this.message(opcode, buffer, from, to, sink, context)
      return
    }
    const result = this.inflater.inflate(buffer.subarray(from, to), this.options.maxMessageBytes)
    if (result.ok) this.message(opcode, result.bytes, 0, result.bytes.length, sink, context)
    else this.fail(sink, context, result.fault === 'too-big' ? 1009 : 1007, result.text)
  }

  private message(
    opcode: number,
    bytes: Buffer,
    from: number,
    to: number,
    sink: ReceiverSink<Context>,
    context: Context,
  ): void {
    if (opcode === OPCODE.text && this.options.validateUtf8 && !isValidUtf8(bytes, from, to)) {
      this.fail(sink, context, 1007, 'text that is not UTF-8')
    } else sink.message(context, opcode, bytes, from, to)
  }

  private controlData(buffer: Buffer, at: number, end: number, sink: ReceiverSink<Context>, context: Context): number {
    const to = Math.min(end, at + this.remaining)
    this.remaining -= to - at
    if (this.remaining > 0 || this.control !== null) {
      this.control = appendBytes(this.control, this.controlLength, buffer, at, to, this.second)
      this.controlLength += to - at
      if (this.remaining > 0) return to
    }
    const held = this.control
    this.control = null
    this.state = FIRST
    if (held === null) this.controlFrame(buffer, at, to, sink, context)
    else this.controlFrame(held, 0, this.controlLength, sink, context)
    return to
  }

  private controlFrame(buffer: Buffer, from: number, to: number, sink: ReceiverSink<Context>, context: Context): void {
    const opcode = this.first & 0x0f
    if (opcode === OPCODE.ping) sink.ping(context, buffer, from, to)
    else if (opcode === OPCODE.pong) sink.pong(context, buffer, from, to)
    else this.closeFrame(parseClosePayload(buffer.subarray(from, to)), sink, context)
  }

  private closeFrame(payload: ClosePayload, sink: ReceiverSink<Context>, context: Context): void {
    if (payload.kind === 'one-byte') this.fail(sink, context, 1002, 'close payload of one byte')
    else if (payload.kind !== 'empty' && !payload.wireLegal) {
      this.fail(sink, context, 1002, `close code ${payload.code} must not be sent`)
    } else if (payload.kind === 'invalid-utf8') this.fail(sink, context, 1007, 'close reason that is not UTF-8')
    else {
      this.stop()
      if (payload.kind === 'empty') sink.close(context, NO_STATUS, '')
      else sink.close(context, payload.code, payload.reason)
    }
  }

  private fail(sink: ReceiverSink<Context>, context: Context, code: number, text: string): void {
    this.stop()
    sink.violation(context, code, text)
  }
}

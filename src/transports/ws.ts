import { header, type ResponseHead } from '../protocol/http1/head.ts'
import { responseHeadReader, type HeadReader } from '../protocol/http1/head-reader.ts'
import { Deflater, Inflater } from '../protocol/websocket/deflate.ts'
import { deflateDirections } from '../protocol/websocket/deflate-parameters.ts'
import { newKey } from '../protocol/websocket/handshake-request.ts'
import { acceptedDeflate, judgeResponse } from '../protocol/websocket/handshake-response.ts'
import { OPCODE } from '../protocol/websocket/opcode.ts'
import { Receiver } from '../protocol/websocket/receiver.ts'
import type { ReceiverOptions, ReceiverSink } from '../protocol/websocket/receiver-sink.ts'
import { frameSize, MaskKeys, writeClose, writeFrame, writePong } from '../protocol/websocket/sender.ts'
import { type DialTarget, Wire } from '../wire/dial.ts'
import type { Failure } from '../wire/failure.ts'
import { now } from '../world/clock.ts'
import { retryAfter } from './http-connection.ts'
import { Outbox } from './outbox.ts'
import { DEFLATE_OFFER, UpgradeRequests } from './upgrade-request.ts'
import {
  emptyResume,
  type End,
  plainEnd,
  type MessageConnection,
  type Resume,
  type TransportRoom,
  type TransportUnit,
} from './transport.ts'

const NO_CLOSE = 1006
const REDIRECTS = new Set([301, 302, 303, 307, 308])

/** What the WebSocket connections of one worker share. */
interface WsRoom {
  transport: TransportRoom
  outbox: Outbox
  upgrades: UpgradeRequests
  keys: MaskKeys
  sink: ReceiverSink<WsConnection>
  receiver: ReceiverOptions
}

/** The opening handshake under way; dropped once it is done. */
interface Opening {
  key: string
  heads: HeadReader<ResponseHead>
  requestAt: number
}

class WsConnection extends Wire implements MessageConnection {
  state: unknown = null
  resume: Resume = emptyResume()
  open = false
  private readonly ws: WsRoom
  private opening: Opening | null = null
  private receiver: Receiver<WsConnection> | null = null
  private deflater: Deflater | null = null
  private closeSent = false
  private closeCode: number | null = null
  private reason = ''
  private refusal: Partial<End> | null = null

  constructor(ws: WsRoom, index: number) {
    super(ws.transport.wire, index)
    this.ws = ws
  }

  start(target: DialTarget, resume: Resume): void {
    this.resume = resume
    this.dial(target, resume.tlsSession)
  }

  protected ready(): void {
    const key = newKey()
    this.opening = { key, heads: responseHeadReader({ maxBytes: 65_536 }), requestAt: now() }
    this.write(this.ws.upgrades.bytes(this.goal!, key))
  }

  protected read(buffer: Buffer, bytes: number): void {
    const { transport, sink } = this.ws
    transport.readAt = now()
    if (this.receiver !== null) this.receiver.push(buffer, 0, bytes, sink, this)
    else this.readHead(buffer, bytes)
    transport.listener.flushed(this)
  }

  private readHead(buffer: Buffer, bytes: number): void {
    const { opening, ws } = this
    if (opening === null) return
    const result = opening.heads.push(buffer, 0, bytes)
    if (result.kind === 'more') return
    if (result.kind === 'malformed') {
      this.abort({ kind: 'http-malformed', text: `the answer to the upgrade is not HTTP/1.1: ${result.reason}` })
      return
    }
    const { request, recorder, readAt } = ws.transport
    const violations = judgeResponse(result.head, opening.key, {
      subprotocols: request.subprotocols,
      ...(request.deflate && { extensions: DEFLATE_OFFER }),
    })
    // A 101 has no body whatever its fields say (RFC 9110 §6.4.1): no client stops there, and nchan sends a length of 0.
    const violation = violations.find(({ kind }) => kind !== 'body')
    if (violation !== undefined) {
      this.refused(result.head, violation)
      return
    }
    recorder.recordMs('conn_upgrade', readAt - opening.requestAt)
    ws.transport.onDate?.(header(result.head, 'date'), opening.requestAt)
    this.opening = null
    const agreed = acceptedDeflate(result.head)
    const directions = agreed === null ? null : deflateDirections(agreed)
    this.receiver = new Receiver(ws.receiver, directions === null ? null : new Inflater(directions.server))
    if (directions !== null) this.deflater = new Deflater(directions.client)
    this.open = true
    ws.transport.listener.opened(this)
    if (result.end < bytes) this.receiver.push(buffer, result.end, bytes, ws.sink, this)
  }

  private refused(head: ResponseHead, violation: { kind: string; expected: string; observed: string }): void {
    const location = header(head, 'location')
    const { status } = head
    if (REDIRECTS.has(status) && location !== undefined) {
      this.refusal = { status, location: { url: location, permanent: status === 301 || status === 308 } }
      this.abort({ kind: 'redirect', text: `answered ${status} to ${location}` })
    } else if (status !== 101) {
      this.refusal = { status, retryAfterMs: retryAfter(head) }
      const what = `answered HTTP ${status} ${head.reason}`.trim()
      this.abort({ kind: 'http-status', text: `${what}, not 101: no WebSocket at this address` })
    } else {
      const { kind, expected, observed } = violation
      this.abort({ kind: 'handshake', text: `wrong ${kind} in the 101: expected ${expected}, got ${observed}` })
    }
  }

  send(payload: Buffer, binary: boolean): void {
    const { outbox, keys, transport } = this.ws
    const bytes = this.deflater === null ? payload : this.deflater.deflate(payload)
    const size = frameSize(bytes.length)
    const { buffer, offset } = outbox.reserve(this, size)
    const opcode = binary ? OPCODE.binary : OPCODE.text
    outbox.commit(writeFrame(buffer, offset, opcode, bytes, keys, this.deflater !== null))
    transport.sent.payload += bytes.length
    transport.sent.framing += size - bytes.length
  }

  flush(): void {
    this.ws.outbox.flush()
  }

  /** A control frame, at once. */
  control(write: (target: Buffer, offset: number, keys: MaskKeys) => number): void {
    const { outbox, keys, transport } = this.ws
    const { buffer, offset } = outbox.reserve(this, 131)
    const end = write(buffer, offset, keys)
    outbox.commit(end)
    transport.sent.framing += end - offset
    outbox.flush()
  }

  /** The server's Close: answered with its code (RFC 6455 §5.5.1), then the connection is ours to end. */
  closedByServer(code: number, reason: string): void {
    this.closeCode = code
    this.reason = reason
    this.open = false
    if (!this.closeSent) {
      this.closeSent = true
      this.control((target, offset, keys) => writeClose(target, offset, keys, code === 1005 ? undefined : code))
    }
    this.end()
  }

  violated(code: number, text: string): void {
    this.closeSent = true
    this.control((target, offset, keys) => writeClose(target, offset, keys, code))
    this.abort({ kind: 'protocol', text: `the server broke the protocol: ${text}` })
  }

  close(): void {
    if (!this.open) {
      this.abort(null)
      return
    }
    this.open = false
    this.closeSent = true
    this.control((target, offset, keys) => writeClose(target, offset, keys, 1000))
  }

  protected ended(failure: Failure | null): void {
    const opened = this.receiver !== null
    this.open = false
    const code = this.closeCode ?? (opened && !this.closeSent ? NO_CLOSE : null)
    const early: Failure = { kind: 'closed', text: 'the server closed the connection before it answered the upgrade' }
    this.ws.transport.listener.ended(this, {
      ...plainEnd(null),
      failure: failure ?? (opened || this.closeSent ? null : early),
      closeCode: code,
      reason: this.reason,
      ...this.refusal,
    })
  }
}

const ws: TransportUnit = {
  title: 'WebSocket over HTTP/1.1',
  prepare(transport) {
    const sink: ReceiverSink<WsConnection> = {
      bytes: transport.received,
      nonMinimalLengths: 0,
      message: (connection, _opcode, buffer, start, end) => transport.listener.message(connection, buffer, start, end),
      ping(connection, buffer, start, end) {
        transport.recorder.count('pings_received')
        const payload = Buffer.from(buffer.subarray(start, end))
        connection.control((target, offset, keys) => writePong(target, offset, keys, payload))
      },
      pong: () => transport.recorder.count('pongs_received'),
      close: (connection, code, reason) => connection.closedByServer(code, reason),
      violation: (connection, code, text) => connection.violated(code, text),
    }
    const room: WsRoom = {
      transport,
      outbox: new Outbox(),
      upgrades: new UpgradeRequests(transport.request),
      keys: new MaskKeys(),
      sink,
      receiver: { maxMessageBytes: transport.request.maxMessageBytes, validateUtf8: true },
    }
    return index => new WsConnection(room, index)
  },
}

export default ws

import type { HeaderLine } from '../config/run-config.ts'
import { header } from '../protocol/http1/head.ts'
import { SseParser, type SseSink } from '../protocol/sse/parser.ts'
import type { DialTarget } from '../wire/dial.ts'
import type { Failure } from '../wire/failure.ts'
import { type AnswerHead, LastHead } from './answer-head.ts'
import { HttpConnection } from './http-connection.ts'
import { GetRequests } from './request-head.ts'
import { emptyResume, type Resume, type TransportRoom, type TransportUnit } from './transport.ts'

/** What the event streams of one worker share. */
interface SseRoom {
  transport: TransportRoom
  sink: SseSink<SseConnection>
  requests: GetRequests
  lastHead: LastHead
}

/** One event stream, as EventSource would request it (HTML §9.2.2), without its reconnecting. */
class SseConnection extends HttpConnection {
  resume: Resume = emptyResume()
  readonly parser: SseParser
  private readonly streams: SseRoom

  constructor(streams: SseRoom, index: number) {
    super(streams.transport, index, streams.lastHead)
    this.parser = new SseParser(streams.transport.request.maxMessageBytes)
    this.streams = streams
  }

  start(target: DialTarget, resume: Resume): void {
    this.resume = resume
    this.dial(target, resume.tlsSession)
  }

  protected ready(): void {
    const extra: HeaderLine[] = []
    const id = this.resume.lastEventId
    // The id came from the server as UTF-8 and goes back as UTF-8 (HTML §9.2.3).
    if (id !== '') extra.push(['Last-Event-ID', Buffer.from(id, 'utf8').toString('latin1')])
    this.request(this.streams.requests.bytes(this.goal!, '', extra))
  }

  protected head({ head }: AnswerHead): boolean {
    const type = (header(head, 'content-type') ?? '').split(';')[0]!.trim().toLowerCase()
    if (head.status !== 200) {
      this.refuse(head, 'a stream')
      return false
    }
    if (type !== 'text/event-stream') {
      // EventSource treats a stream of another type like an error status (HTML §9.2.3).
      this.end_ = { status: head.status }
      this.abort({
        kind: 'content-type',
        text: `answered Content-Type ${type === '' ? '(none)' : type}, not text/event-stream`,
      })
      return false
    }
    this.open = true
    this.transport.listener.opened(this)
    return true
  }

  bodyData(_: HttpConnection, buffer: Buffer, start: number, end: number): void {
    const { parser, transport } = this
    const payload = parser.payloadBytes
    parser.push(buffer, start, end, this.streams.sink, this)
    const added = parser.payloadBytes - payload
    transport.received.payload += added
    transport.received.framing += end - start - added
  }

  bodyEnd(_: HttpConnection, _end: number, complete: boolean): void {
    this.end_ ??= { clean: complete, reason: complete ? 'the server ended the stream' : 'the stream was cut off' }
    this.abort(null)
  }

  protected override ended(failure: Failure | null): void {
    this.finishBody()
    const { parser } = this
    if (parser.lastEventId !== '') this.resume.lastEventId = parser.lastEventId
    this.resume.retryMs = parser.retryMs ?? this.resume.retryMs
    super.ended(failure)
  }
}

const sse: TransportUnit = {
  title: 'Server-Sent Events over HTTP/1.1',
  prepare(room) {
    const sink: SseSink<SseConnection> = {
      event: (connection, buffer, start, end) => room.listener.message(connection, buffer, start, end),
      comment: () => room.recorder.count('comments_received'),
      retry: (connection, ms) => {
        connection.resume.retryMs = ms
      },
      oversized: () => room.recorder.failed('protocol', `an event is over ${room.request.maxMessageBytes} bytes`),
    }
    const requests = new GetRequests(room.request, [
      ['Accept', 'text/event-stream'],
      ['Cache-Control', 'no-cache'],
    ])
    const streams: SseRoom = { transport: room, sink, requests, lastHead: new LastHead() }
    return index => new SseConnection(streams, index)
  },
}

export default sse

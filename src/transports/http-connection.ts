import { type BodySink, BodyReader } from '../protocol/http1/body.ts'
import { header, type ResponseHead } from '../protocol/http1/head.ts'
import { type HeadReader, responseHeadReader } from '../protocol/http1/head-reader.ts'
import { type DialTarget, Wire } from '../wire/dial.ts'
import type { Failure } from '../wire/failure.ts'
import { now } from '../world/clock.ts'
import { type AnswerHead, answerHead, type LastHead } from './answer-head.ts'
import { type Connection, type End, plainEnd, type Resume, type TransportRoom } from './transport.ts'

const HEAD_LIMITS = { maxBytes: 65_536, maxHeaders: 500 }
const REDIRECTS = new Set([301, 302, 303, 307, 308])

/** Ms until the server wants to be asked again (RFC 9110 §10.2.3, seconds only); null where it does not say. */
export function retryAfter(head: ResponseHead): number | null {
  const seconds = Number(header(head, 'retry-after') ?? Number.NaN)
  return seconds >= 0 && seconds <= 86_400 ? seconds * 1000 : null
}

/** One keep-alive HTTP/1.1 connection that sends GETs and reads the answers in place. */
export abstract class HttpConnection extends Wire implements Connection, BodySink<HttpConnection> {
  state: unknown = null
  open = false
  protected readonly transport: TransportRoom
  protected requestAt = 0
  protected awaitingHead = false
  protected end_: Partial<End> | null = null
  private headEnd = 0
  private readonly heads: HeadReader<ResponseHead> = responseHeadReader(HEAD_LIMITS)
  private readonly body = new BodyReader()
  private readonly lastHead: LastHead

  constructor(room: TransportRoom, index: number, lastHead: LastHead) {
    super(room.wire, index)
    this.transport = room
    this.lastHead = lastHead
  }

  abstract resume: Resume
  abstract start(target: DialTarget, resume: Resume): void
  /** The head of an answer. False: nothing more is read of this connection. */
  protected abstract head(answer: AnswerHead): boolean
  abstract bodyData(context: HttpConnection, buffer: Buffer, start: number, end: number): void
  abstract bodyEnd(context: HttpConnection, endOffset: number, complete: boolean): void

  protected request(bytes: Buffer): void {
    this.requestAt = now()
    this.awaitingHead = true
    this.write(bytes)
  }

  protected read(buffer: Buffer, bytes: number): void {
    const { transport, body } = this
    transport.readAt = now()
    let at = 0
    while (at < bytes && this.socket !== null) {
      if (this.awaitingHead) {
        const answer = this.readHead(buffer, at, bytes)
        if (answer === null) break
        at = this.headEnd
        const { status } = answer.head
        if (status < 200 && status !== 101) continue
        this.awaitingHead = false
        transport.onDate?.(header(answer.head, 'date'), this.requestAt)
        body.start(answer.framing)
        if (!this.head(answer)) return
      }
      const chunkBefore = body.framingBytes + body.trailerBytes
      const next = body.push(buffer, at, bytes, this, this)
      transport.received.chunk += Math.max(0, body.framingBytes + body.trailerBytes - chunkBefore)
      if (body.violation !== undefined && this.socket !== null) {
        this.abort({ kind: 'http-malformed', text: `the body is not HTTP/1.1: ${body.violation}` })
        return
      }
      // Bytes behind an answer that nobody asked for: they are of no request of ours.
      if (next === at && !this.awaitingHead) break
      at = next
    }
    transport.listener.flushed(this)
  }

  /** The next head, which ends at `headEnd`; null: it is not whole, or the connection is given up. */
  private readHead(buffer: Buffer, start: number, end: number): AnswerHead | null {
    const whole = this.heads.pendingBytes === 0
    const known = whole ? this.lastHead.at(buffer, start, end) : null
    if (known !== null) {
      this.headEnd = start + known.head.bytes
      return known
    }
    const result = this.heads.push(buffer, start, end)
    if (result.kind === 'malformed') {
      this.abort({ kind: 'http-malformed', text: `the answer is not HTTP/1.1: ${result.reason}` })
    }
    if (result.kind !== 'head') return null
    this.headEnd = result.end
    const answer = answerHead(result.head)
    if (whole) this.lastHead.keep(buffer, start, result.end, answer)
    return answer
  }

  /** The stream ended under a body that lasts until the close. */
  protected finishBody(): void {
    this.body.close(this, this)
  }

  protected ended(failure: Failure | null): void {
    this.open = false
    this.transport.listener.ended(this, { ...plainEnd(failure), ...this.end_ })
  }

  /** Ends with what the answer's status means: redirect, refusal. */
  protected refuse(head: ResponseHead, wanted: string): void {
    const location = header(head, 'location')
    const { status } = head
    if (REDIRECTS.has(status) && location !== undefined) {
      this.end_ = { status, location: { url: location, permanent: status === 301 || status === 308 } }
      this.abort({ kind: 'redirect', text: `answered ${status} to ${location}` })
      return
    }
    this.end_ = { status, retryAfterMs: retryAfter(head) }
    this.abort({ kind: 'http-status', text: `answered HTTP ${status} ${head.reason}`.trim() + `, not ${wanted}` })
  }

  close(): void {
    this.end_ ??= {}
    this.abort(null)
  }
}

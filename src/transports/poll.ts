import type { Histogram } from '../measure/histogram.ts'
import { type Cursor, nextCursor, START } from '../protocol/polling/cursor.ts'
import type { DialTarget } from '../wire/dial.ts'
import type { Failure } from '../wire/failure.ts'
import { now } from '../world/clock.ts'
import { WakeUpBatch } from '../world/wake-up-batch.ts'
import { type AnswerHead, LastHead } from './answer-head.ts'
import { HttpConnection, retryAfter } from './http-connection.ts'
import { GetRequests } from './request-head.ts'
import { emptyResume, type Resume, type TransportRoom, type TransportUnit } from './transport.ts'

// A poll without an answer for this long is taken for held: the endpoint understood it.
const HELD_MS = 150
const RETRY_MS = 1000
const NO_BODY = Buffer.alloc(0)

/** What the polling connections of one worker share. */
interface PollRoom {
  transport: TransportRoom
  requests: GetRequests
  lastHead: LastHead
  cycle: Histogram
  retryAt(connection: PollConnection, dueMs: number): void
  next: WakeUpBatch<PollConnection>
}

/** A chain of polls on one connection, each continuing where the last answer ended. */
class PollConnection extends HttpConnection {
  resume: Resume = emptyResume()
  private cursor: Cursor = START
  private answer: AnswerHead | null = null
  private collected: Buffer[] = []
  private collectedBytes = 0
  private polling = false
  private reused = false
  private waitMs = 0
  private dueAt = 0
  private readonly polls: PollRoom

  constructor(polls: PollRoom, index: number) {
    super(polls.transport, index, polls.lastHead)
    this.polls = polls
  }

  start(target: DialTarget, resume: Resume): void {
    this.resume = resume
    if (resume.cursor !== null) this.cursor = resume.cursor
    this.dial(target, resume.tlsSession)
  }

  protected ready(): void {
    this.reused = false
    if (this.dueAt === 0) this.dueAt = now()
    this.poll()
  }

  /** Sends the next request; called by the timer too, so the connection may be gone by then. */
  poll(): void {
    if (this.socket === null || this.socket.connecting || this.polling) return
    const { cursor, transport } = this
    this.polling = true
    this.answer = null
    transport.recorder.hot.polls += 1
    this.request(this.polls.requests.bytes(this.goal!, cursor.query, cursor.headers))
    if (!this.open) transport.timers.at(this.requestAt + HELD_MS, () => this.answered())
  }

  private answered(): void {
    if (this.open || this.socket === null) return
    this.open = true
    this.transport.listener.opened(this)
  }

  protected head(answer: AnswerHead): boolean {
    const { head } = answer
    const { status } = head
    this.answer = answer
    this.waitMs = 0
    if ((status >= 200 && status < 300) || status === 304 || status === 408) {
      this.answered()
      return true
    }
    const failure = `answered HTTP ${status} ${head.reason}`.trim()
    if (!this.open) {
      this.refuse(head, 'a poll')
      return false
    }
    this.transport.recorder.failed('http-status', failure)
    this.waitMs = retryAfter(head) ?? RETRY_MS
    return true
  }

  bodyData(_: HttpConnection, buffer: Buffer, start: number, end: number): void {
    const { received, request } = this.transport
    received.payload += end - start
    if (this.end_ !== null) return
    if (this.collectedBytes + end - start > request.maxMessageBytes) {
      this.end_ = {}
      this.collected = []
      this.abort({ kind: 'protocol', text: `an answer is over ${request.maxMessageBytes} bytes` })
      return
    }
    // A body that came whole ends within this call: it may stay where it is.
    const bytes = buffer.subarray(start, end)
    this.collected.push(this.answer?.framing.length === end - start ? bytes : Buffer.from(bytes))
    this.collectedBytes += end - start
  }

  bodyEnd(_: HttpConnection, _end: number, complete: boolean): void {
    const { transport, answer, collected } = this
    // Given up in the middle of this read: what else it brought is of no use, and no poll follows.
    if (this.end_ !== null) return
    if (answer === null || !complete) {
      this.abort({ kind: 'closed', text: 'the answer to a poll was cut off' })
      return
    }
    const body = collected.length === 0 ? NO_BODY : collected.length === 1 ? collected[0]! : Buffer.concat(collected)
    if (collected.length > 0) this.collected = []
    this.collectedBytes = 0
    this.polling = false
    this.reused = true
    this.polls.cycle.record((transport.readAt - this.requestAt) * 1000)
    const { head } = answer
    const delivered = head.status >= 200 && head.status < 300
    if (this.waitMs === 0) this.cursor = nextCursor(transport.request.cursor, this.cursor, head, body)
    if (delivered && body.length > 0) transport.listener.message(this, body, 0, body.length)
    else if (this.waitMs === 0) transport.recorder.hot.polls_empty += 1
    if (answer.closes) this.end()
    else this.next()
  }

  private next(): void {
    const { pollIntervalMs } = this.transport.request
    if (this.waitMs > 0) this.polls.retryAt(this, now() + this.waitMs)
    else if (pollIntervalMs === null) this.polls.next.add(this)
    else {
      // On its own schedule: a slow answer does not shift the polls after it, but none is made up for.
      this.dueAt = Math.max(this.dueAt + pollIntervalMs, now())
      this.polls.retryAt(this, this.dueAt)
    }
  }

  protected override ended(failure: Failure | null): void {
    this.finishBody()
    this.resume.cursor = this.cursor
    const unanswered = this.polling && this.reused && this.answer === null
    // An idle keep-alive connection may be closed at any time; a GET may be repeated (RFC 9112 §9.3.1).
    const replaceable = this.end_ === null && this.open && (unanswered || (!this.polling && failure === null))
    if (!replaceable || this.goal === null) {
      super.ended(failure ?? (this.end_ === null ? { kind: 'closed', text: 'the server closed the connection' } : null))
      return
    }
    this.polling = false
    this.transport.recorder.count('conn_reopened')
    this.dial(this.goal, this.resume.tlsSession)
  }
}

const poll: TransportUnit = {
  title: 'Long polling and plain polling over HTTP/1.1',
  prepare(room) {
    const polls: PollRoom = {
      transport: room,
      requests: new GetRequests(room.request, [['Accept', '*/*']]),
      lastHead: new LastHead(),
      cycle: room.recorder.histogram('poll_cycle'),
      retryAt: (connection, dueMs) => room.timers.at(dueMs, () => connection.poll()),
      next: new WakeUpBatch(connection => connection.poll()),
    }
    return index => new PollConnection(polls, index)
  },
}

export default poll

import { ByteRange } from './byte-range.ts'
import { isData, isEvent, isId, isRetry, valueStart } from './field-name.ts'
import { LineReader } from './line-reader.ts'

/** Receives what a stream says, in place: `buffer` is valid only during the call. */
export interface SseSink<Context> {
  /** A dispatched event's data; its type and id are getters of the parser until the call returns. */
  event(context: Context, buffer: Buffer, start: number, end: number): void
  comment(context: Context, buffer: Buffer, start: number, end: number): void
  retry(context: Context, ms: number): void
  /** A line or the data of an event exceeds the limit; everything up to the next blank line is skipped. */
  oversized(context: Context): void
}

const COLON = 58
// First bytes of the field names and of a comment.
const D = 100
const E = 101
const I = 105
const R = 114

/**
 * One event stream (HTML §9.2.5, §9.2.6). UTF-8 sequences never contain the bytes that separate lines and fields, so
 * values are cut as bytes and decoded late, with the same outcome as decoding first.
 */
export class SseParser {
  /** Bytes pushed. */
  bytes = 0
  /** Bytes of data given to `event`, with the line feeds that join several data lines. */
  payloadBytes = 0
  /** Events dispatched. */
  events = 0
  /** The last valid reconnection time. */
  retryMs: number | undefined = undefined
  readonly #maxEventBytes: number
  readonly #lines = new LineReader()
  readonly #data = new ByteRange()
  readonly #type = new ByteRange()
  readonly #id = new ByteRange()
  readonly #lastId = new ByteRange()
  #dataLines = 0
  #idChanged = false
  #skipping = false

  /** `maxEventBytes` bounds a line together with the data before it in its event; default 16 MiB. */
  constructor(maxEventBytes = 16777216) {
    this.#maxEventBytes = maxEventBytes
  }

  /** Everything that was not delivered as data: names, ids, comments, line ends, dropped events. */
  get framingBytes(): number {
    return this.bytes - this.payloadBytes
  }

  /** Type of the event being dispatched. */
  get eventType(): string {
    return this.#type.length === 0 ? 'message' : this.#type.text
  }

  /** What a reconnecting client sends as Last-Event-ID; when empty it sends no such header. */
  get lastEventId(): string {
    return this.#lastId.text
  }

  /** The stream stands inside an event, which would be lost if the stream ended now. */
  get insideEvent(): boolean {
    return this.#dataLines > 0 || this.#lines.carriedBytes > 0 || this.#skipping
  }

  /** A new stream for the same client: all starts over but the last event id, the retry time and the counts. */
  restart(): void {
    this.#lines.restart()
    this.#skipping = false
    this.#dropBlock()
  }

  push<Context>(buffer: Buffer, start: number, end: number, sink: SseSink<Context>, context: Context): void {
    this.bytes += end - start
    const lines = this.#lines
    lines.open(buffer, start, end)
    while (lines.next()) {
      if (!this.#skipping) this.#line(lines.buffer, lines.start, lines.end, sink, context)
      else if (lines.start === lines.end && !lines.truncated) this.#skipping = false
    }
    if (this.#dataLines > 0) this.#data.keep()
    this.#type.keep()
    this.#lastId.keep()
    if (this.#idChanged) this.#id.keep()
    else this.#id.clear()
    if (lines.restBytes > 0) this.#limitUnfinishedLine(sink, context)
    lines.close()
  }

  #limitUnfinishedLine<Context>(sink: SseSink<Context>, context: Context): void {
    const lineBytes = this.#lines.carriedBytes + this.#lines.restBytes
    if (!this.#skipping && this.#isOversized(lineBytes)) this.#skipBlock(sink, context)
    if (this.#skipping) this.#lines.discard()
  }

  #isOversized(lineBytes: number): boolean {
    return lineBytes + this.#data.length > this.#maxEventBytes
  }

  #skipBlock<Context>(sink: SseSink<Context>, context: Context): void {
    this.#dropBlock()
    this.#skipping = true
    sink.oversized(context)
  }

  #dropBlock(): void {
    this.#dataLines = 0
    this.#data.clear()
    this.#type.clear()
    this.#idChanged = false
    this.#id.clear()
  }

  #line<Context>(buffer: Buffer, start: number, end: number, sink: SseSink<Context>, context: Context): void {
    if (start === end) {
      this.#dispatch(sink, context)
      return
    }
    if (this.#isOversized(end - start)) {
      this.#skipBlock(sink, context)
      return
    }
    switch (buffer[start]) {
      case D:
        if (isData(buffer, start, end)) this.#addData(buffer, valueStart(buffer, start + 4, end), end)
        return
      case I:
        if (isId(buffer, start, end)) this.#setId(buffer, valueStart(buffer, start + 2, end), end)
        return
      case COLON:
        sink.comment(context, buffer, start + 1, end)
        return
      case E:
        if (isEvent(buffer, start, end)) this.#type.set(buffer, valueStart(buffer, start + 5, end), end)
        return
      case R:
        if (isRetry(buffer, start, end)) this.#setRetry(buffer, valueStart(buffer, start + 5, end), end, sink, context)
    }
  }

  #addData(buffer: Buffer, start: number, end: number): void {
    this.#dataLines += 1
    if (this.#dataLines === 1) this.#data.set(buffer, start, end)
    else this.#data.appendLine(buffer, start, end)
  }

  #setId(buffer: Buffer, start: number, end: number): void {
    for (let at = start; at < end; at += 1) if (buffer[at] === 0) return
    this.#id.set(buffer, start, end)
    this.#idChanged = true
  }

  #setRetry<Context>(buffer: Buffer, start: number, end: number, sink: SseSink<Context>, context: Context): void {
    let ms = 0
    for (let at = start; at < end; at += 1) {
      const digit = buffer[at]! - 48
      if (digit < 0 || digit > 9) return
      ms = Math.min(ms * 10 + digit, Number.MAX_SAFE_INTEGER)
    }
    if (start === end) return
    this.retryMs = ms
    sink.retry(context, ms)
  }

  #dispatch<Context>(sink: SseSink<Context>, context: Context): void {
    // The id counts even if there is no data to dispatch.
    if (this.#idChanged) {
      this.#lastId.set(this.#id.buffer, this.#id.start, this.#id.end)
      this.#idChanged = false
    }
    if (this.#dataLines > 0) {
      this.events += 1
      this.payloadBytes += this.#data.length
      sink.event(context, this.#data.buffer, this.#data.start, this.#data.end)
      this.#dataLines = 0
      this.#data.clear()
    }
    this.#type.clear()
  }
}

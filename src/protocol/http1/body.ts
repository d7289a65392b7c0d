import type { BodyFraming } from './body-framing.ts'
import { parseFields, splitLines } from './field-lines.ts'
import type { HeadNote } from './head.ts'

/** Receives a body in place: `buffer` is valid only during the call. */
export interface BodySink<Context> {
  bodyData(context: Context, buffer: Buffer, start: number, end: number): void
  /** `endOffset` follows the last byte of the message. Not complete: cut off, or the reader's `violation` says why. */
  bodyEnd(context: Context, endOffset: number, complete: boolean): void
  /** The size line of a chunk that holds data was read. */
  chunk?(context: Context, size: number): void
}

// States of the decoder; the chunked ones in the order in which they are passed.
const DONE = 0
const UNTIL_CLOSE = 1
const LENGTH = 2
const SIZE = 3
const EXTENSION = 4
const SIZE_LF = 5
const DATA = 6
const DATA_CR = 7
const DATA_LF = 8
const TRAILER = 9
const EMPTY = 10

const MAX_EXTENSION_BYTES = 4096
const MAX_TRAILER_BYTES = 16384

/** Decodes the body of one message at a time; between two messages call `start` again. */
export class BodyReader {
  /** Bytes given to `bodyData`. */
  payloadBytes = 0
  /** Chunk sizes, extensions and line ends, the last chunk and the final blank line; 0 for other framings. */
  framingBytes = 0
  /** Trailer lines with their line ends. */
  trailerBytes = 0
  /** Chunks with data. */
  chunks = 0
  /** Why the body could not be read to its end. */
  violation: string | undefined = undefined
  #state = DONE
  #remaining = 0
  #digits = 0
  #extensionBytes = 0
  #trailerLineBytes = 0
  #trailer = ''

  /** Begins the body that the head announced. Even an empty one ends only in the next `push`. */
  start(framing: BodyFraming): void {
    this.payloadBytes = 0
    this.framingBytes = 0
    this.trailerBytes = 0
    this.chunks = 0
    this.violation = undefined
    this.#trailer = ''
    this.#remaining = framing.length
    if (framing.kind === 'chunked') this.#expectSize()
    else if (framing.kind === 'until-close') this.#state = UNTIL_CLOSE
    else this.#state = framing.length > 0 ? LENGTH : EMPTY
    if (framing.kind === 'invalid') {
      this.violation = framing.violations.map(violation => violation.text).join('; ') || 'no body length'
    }
  }

  /** No body is under way. */
  get done(): boolean {
    return this.#state === DONE
  }

  /** Trailer fields, once the body has ended. */
  get trailers(): [string, string][] {
    const notes: HeadNote[] = []
    return parseFields(splitLines(this.#trailer, notes), 0, notes)
  }

  /** Takes the bytes up to the end of the body; answers the offset after the last byte taken. */
  push<Context>(buffer: Buffer, start: number, end: number, sink: BodySink<Context>, context: Context): number {
    switch (this.#state) {
      case DONE:
        return start
      case EMPTY:
        return this.#finish(start, this.violation === undefined, sink, context)
      case UNTIL_CLOSE:
        this.payloadBytes += end - start
        if (end > start) sink.bodyData(context, buffer, start, end)
        return end
      case LENGTH:
        return this.#pushData(buffer, start, end, sink, context)
      default:
        return this.#pushChunked(buffer, start, end, sink, context)
    }
  }

  /** The connection has ended: completes a body that lasts until then, breaks off any other. */
  close<Context>(sink: BodySink<Context>, context: Context): void {
    if (this.#state === DONE) return
    const complete = this.#state === UNTIL_CLOSE || (this.#state === EMPTY && this.violation === undefined)
    if (!complete) this.violation ??= 'the connection ended inside the body'
    this.#finish(0, complete, sink, context)
  }

  #finish<Context>(offset: number, complete: boolean, sink: BodySink<Context>, context: Context): number {
    this.#state = DONE
    sink.bodyEnd(context, offset, complete)
    return offset
  }

  #fail<Context>(violation: string, offset: number, sink: BodySink<Context>, context: Context): number {
    this.violation = violation
    return this.#finish(offset, false, sink, context)
  }

  #pushData<Context>(buffer: Buffer, start: number, end: number, sink: BodySink<Context>, context: Context): number {
    const dataEnd = end - start < this.#remaining ? end : start + this.#remaining
    this.#takeData(buffer, start, dataEnd, sink, context)
    return this.#remaining === 0 ? this.#finish(dataEnd, true, sink, context) : dataEnd
  }

  #takeData<Context>(buffer: Buffer, start: number, end: number, sink: BodySink<Context>, context: Context): void {
    if (end === start) return
    this.payloadBytes += end - start
    this.#remaining -= end - start
    sink.bodyData(context, buffer, start, end)
  }

  #expectSize(): void {
    this.#state = SIZE
    this.#remaining = 0
    this.#digits = 0
    this.#extensionBytes = 0
  }

  #pushChunked<Context>(buffer: Buffer, start: number, end: number, sink: BodySink<Context>, context: Context): number {
    let at = start
    while (at < end) {
      if (this.#state === DATA) {
        const dataEnd = end - at < this.#remaining ? end : at + this.#remaining
        this.#takeData(buffer, at, dataEnd, sink, context)
        if (this.#remaining === 0) this.#state = DATA_CR
        at = dataEnd
        continue
      }
      const byte = buffer[at]!
      at += 1
      if (this.#state === TRAILER) {
        const violation = this.#trailerByte(byte)
        if (violation !== undefined) return this.#fail(violation, at, sink, context)
        if (this.#state !== TRAILER) return this.#finish(at, true, sink, context)
        continue
      }
      this.framingBytes += 1
      const violation = this.#framingByte(byte)
      if (violation !== undefined) return this.#fail(violation, at, sink, context)
      if (this.#state === DATA) {
        this.chunks += 1
        sink.chunk?.(context, this.#remaining)
      }
    }
    return at
  }

  #framingByte(byte: number): string | undefined {
    switch (this.#state) {
      case SIZE:
        return this.#sizeByte(byte)
      case EXTENSION:
        if (byte === 13) this.#state = SIZE_LF
        else if (byte === 10) return 'a chunk-size line ends with a bare LF'
        else if (++this.#extensionBytes > MAX_EXTENSION_BYTES) return 'a chunk extension is too long'
        return undefined
      case SIZE_LF:
        if (byte !== 10) return 'a CR inside a chunk-size line'
        if (this.#remaining > 0) this.#state = DATA
        else this.#expectTrailer()
        return undefined
      case DATA_CR:
        if (byte !== 13) return 'chunk data is longer than its size'
        this.#state = DATA_LF
        return undefined
      default:
        if (byte !== 10) return 'no LF after the CR that follows chunk data'
        this.#expectSize()
        return undefined
    }
  }

  #sizeByte(byte: number): string | undefined {
    const digit = hexValue(byte)
    if (digit !== -1) {
      this.#remaining = this.#remaining * 16 + digit
      this.#digits += 1
      if (this.#digits > 16 || this.#remaining > Number.MAX_SAFE_INTEGER) return 'the chunk size is too large'
      return undefined
    }
    if (this.#digits === 0) return 'a chunk size does not start with a hexadecimal digit'
    if (byte === 13) this.#state = SIZE_LF
    // RFC 9112 §7.1.1 allows white space only before a semicolon; many servers pad with it all the same.
    else if (byte === 59 || byte === 32 || byte === 9) this.#state = EXTENSION
    else
      return byte === 10 ? 'a chunk-size line ends with a bare LF' : 'a chunk size holds a byte that is not hexadecimal'
    return undefined
  }

  #expectTrailer(): void {
    this.#state = TRAILER
    this.#trailer = ''
    this.#trailerLineBytes = 0
  }

  #trailerByte(byte: number): string | undefined {
    this.#trailer += String.fromCharCode(byte)
    this.trailerBytes += 1
    if (this.#trailer.length > MAX_TRAILER_BYTES) return 'the trailer section is too long'
    if (byte !== 10) {
      this.#trailerLineBytes += 1
      return undefined
    }
    if (!this.#trailer.endsWith('\r\n')) return 'a trailer line ends with a bare LF'
    if (this.#trailerLineBytes === 1) {
      this.trailerBytes -= 2
      this.framingBytes += 2
      this.#state = DONE
    }
    this.#trailerLineBytes = 0
    return undefined
  }
}

function hexValue(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48
  const lower = byte | 32
  return lower >= 97 && lower <= 102 ? lower - 87 : -1
}

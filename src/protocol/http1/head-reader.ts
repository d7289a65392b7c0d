import { cleanHeaderLines, cleanHeaders, cleanStartLine, scanCleanHead } from './clean-head.ts'
import { noteOddBytes, parseFields, splitLines } from './field-lines.ts'
import type { HeadNote, RequestHead, ResponseHead } from './head.ts'
import { parseRequestLine, parseStatusLine, type StartLine } from './start-line.ts'

/** What a push made of the bytes: `more` has taken all of them, `head` those before `end`. */
export type HeadResult<Head> =
  { kind: 'more' } | { kind: 'head'; head: Head; end: number } | { kind: 'malformed'; reason: string }

export interface HeadReaderOptions {
  /** Default 64 KiB. */
  maxBytes?: number
  /** Default 500. */
  maxHeaders?: number
  /** Keeps the raw lines in the head, for checks. */
  keepLines?: boolean
}

const MORE: { kind: 'more' } = { kind: 'more' }
// Enough to tell HTTP/1 from other protocols.
const PREFIX_BYTES = 64
const EMPTY = Buffer.alloc(0)

/** Reads response heads one after the other from the bytes of a connection. */
export function responseHeadReader(options: HeadReaderOptions = {}): HeadReader<ResponseHead> {
  return new HeadReader(parseStatusLine, options)
}

/** Reads request heads one after the other from the bytes of a connection. */
export function requestHeadReader(options: HeadReaderOptions = {}): HeadReader<RequestHead> {
  return new HeadReader(parseRequestLine, options)
}

/** Collects bytes until a head is whole; ready for the next head right after. */
export class HeadReader<Head extends ResponseHead | RequestHead> {
  readonly #parseStartLine: (line: string, whole: boolean) => StartLine<Head>
  readonly #maxBytes: number
  readonly #maxHeaders: number
  readonly #keepLines: boolean
  #pending: Buffer = EMPTY
  #pendingBytes = 0
  #lineBytes = 0
  #headStarted = false
  #startLineSeen = false

  constructor(parseStartLine: (line: string, whole: boolean) => StartLine<Head>, options: HeadReaderOptions) {
    this.#parseStartLine = parseStartLine
    this.#maxBytes = options.maxBytes ?? 65536
    this.#maxHeaders = options.maxHeaders ?? 500
    this.#keepLines = options.keepLines ?? false
  }

  /** Bytes of an unfinished head. */
  get pendingBytes(): number {
    return this.#pendingBytes
  }

  reset(): void {
    this.#pending = EMPTY
    this.#pendingBytes = 0
    this.#lineBytes = 0
    this.#headStarted = false
    this.#startLineSeen = false
  }

  push(buffer: Buffer, start: number, end: number): HeadResult<Head> {
    const limit = Math.min(end, start + this.#maxBytes - this.#pendingBytes)
    if (this.#pendingBytes === 0 && !this.#keepLines) {
      const cleanEnd = scanCleanHead(buffer, start, limit)
      if (cleanEnd !== -1) return this.#cleanHead(buffer.toString('latin1', start, cleanEnd), cleanEnd)
    }
    const headEnd = this.#findEnd(buffer, start, limit)
    if (headEnd === -1) {
      if (limit < end) return this.#malformed(`the head is longer than ${this.#maxBytes} bytes`)
      this.#keep(buffer, start, end)
      return this.#checkStartLineEarly()
    }
    if (this.#pendingBytes === 0) return this.#parse(buffer.toString('latin1', start, headEnd), headEnd)
    this.#keep(buffer, start, headEnd)
    return this.#parse(this.#pending.toString('latin1', 0, this.#pendingBytes), headEnd)
  }

  #cleanHead(text: string, end: number): HeadResult<Head> {
    const startLine = this.#parseStartLine(cleanStartLine(text), true)
    if (startLine.kind !== 'line') return this.#noStartLine(startLine)
    if (cleanHeaderLines() > this.#maxHeaders) return this.#tooManyHeaders()
    const { head } = startLine
    head.headers = cleanHeaders(text)
    head.bytes = text.length
    head.notes = startLine.notes
    return { kind: 'head', head, end }
  }

  /** Offset after the blank line that ends the head, or -1. Blank lines before the start line do not count. */
  #findEnd(buffer: Buffer, start: number, end: number): number {
    let lineBytes = this.#lineBytes
    let headStarted = this.#headStarted
    for (let at = start; at < end; at += 1) {
      const byte = buffer[at]!
      if (byte === 10) {
        if (lineBytes > 0) headStarted = true
        else if (headStarted) return at + 1
        lineBytes = 0
      } else if (byte !== 13) lineBytes += 1
    }
    this.#lineBytes = lineBytes
    this.#headStarted = headStarted
    return -1
  }

  #keep(buffer: Buffer, start: number, end: number): void {
    const needed = this.#pendingBytes + end - start
    if (needed > this.#pending.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(needed, 512, this.#pending.length * 2))
      this.#pending.copy(grown, 0, 0, this.#pendingBytes)
      this.#pending = grown
    }
    buffer.copy(this.#pending, this.#pendingBytes, start, end)
    this.#pendingBytes = needed
  }

  // A peer of another protocol may never send a blank line: its first line decides at once.
  #checkStartLineEarly(): HeadResult<Head> {
    if (this.#startLineSeen) return MORE
    this.#startLineSeen = this.#headStarted
    const sample = this.#headStarted ? this.#pendingBytes : Math.min(this.#pendingBytes, PREFIX_BYTES)
    const text = this.#pending.toString('latin1', 0, sample).replace(/^(?:\r?\n)+/, '')
    if (text === '' || text === '\r') return MORE
    const lineFeed = text.indexOf('\n')
    const line = (lineFeed === -1 ? text : text.slice(0, lineFeed)).replace(/\r$/, '')
    const parsed = this.#parseStartLine(line, this.#startLineSeen)
    return parsed.kind === 'malformed' ? this.#malformed(parsed.reason) : MORE
  }

  #parse(wire: string, end: number): HeadResult<Head> {
    const notes: HeadNote[] = []
    const blank = /^(?:\r?\n)*/.exec(wire)![0].length
    if (blank > 0) notes.push({ kind: 'leading-blank-line', line: 0 })
    const lines = splitLines(blank === 0 ? wire : wire.slice(blank), notes)
    const startLine = this.#parseStartLine(lines[0]!, true)
    if (startLine.kind !== 'line') return this.#noStartLine(startLine)
    if (lines.length - 1 > this.#maxHeaders) return this.#tooManyHeaders()
    notes.push(...startLine.notes)
    const head = startLine.head
    head.headers = parseFields(lines, 1, notes)
    head.bytes = wire.length
    if (/[^\t\r\n\x20-\x7e]|\r(?!\n)/.test(wire)) noteOddBytes(lines, notes)
    head.notes = notes
    if (this.#keepLines) head.lines = lines
    this.reset()
    return { kind: 'head', head, end }
  }

  #noStartLine(startLine: StartLine<Head>): HeadResult<Head> {
    return this.#malformed(startLine.kind === 'malformed' ? startLine.reason : 'no start line')
  }

  #tooManyHeaders(): HeadResult<Head> {
    return this.#malformed(`more than ${this.#maxHeaders} header lines`)
  }

  #malformed(reason: string): HeadResult<Head> {
    this.reset()
    return { kind: 'malformed', reason }
  }
}

import { KEPT_CAPACITY_BYTES, NO_BYTES, storeBytes } from './byte-range.ts'

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf])
const LF = 10
const CR = 13
// The native search wins on lines longer than this, but costs as much as a loop over a thousand bytes: it runs on into
// the old bytes of a shared buffer. So it is used only in reads that are large.
const SHORT_LINE_BYTES = 24
const SMALL_READ_BYTES = 1024

/**
 * Cuts a stream into lines that end at LF, CRLF or CR (HTML §9.2.5), in place. For each read: `open`, `next` until it
 * is false, then `close`. A line that began in an earlier read lies in the reader's own buffer.
 */
export class LineReader {
  /** The line found by `next`, without its line end; valid until `close`. */
  buffer: Buffer = NO_BYTES
  start = 0
  end = 0
  /** The line found had a part that was discarded. */
  truncated = false
  /** Bytes of the unfinished line that are kept. */
  carriedBytes = 0
  /** The unfinished line is being thrown away. */
  discarding = false
  /** The stream began with a byte order mark, which is no part of its first line. */
  hasByteOrderMark = false
  #read: Buffer = NO_BYTES
  #at = 0
  #readEnd = 0
  // Next LF and CR as found by the native search, for the rest of this read.
  #lineFeed = -1
  #carriageReturn = -1
  #markBytes = 0
  #afterCr = false
  #carry: Buffer = NO_BYTES

  /** Expects a new stream, with a byte order mark if any. */
  restart(): void {
    this.carriedBytes = 0
    this.hasByteOrderMark = false
    this.#markBytes = 0
    this.#afterCr = false
    this.discarding = false
  }

  open(buffer: Buffer, start: number, end: number): void {
    this.#read = buffer
    this.#at = start
    this.#readEnd = end
    this.#lineFeed = -1
    this.#carriageReturn = -1
    if (this.#markBytes < 3) this.#skipByteOrderMark()
    if (this.#afterCr && this.#at < end) {
      this.#afterCr = false
      if (buffer[this.#at] === LF) this.#at += 1
    }
  }

  next(): boolean {
    const read = this.#read
    const start = this.#at
    const lineEnd = this.#findLineEnd(read, start, this.#readEnd)
    if (lineEnd === -1) return false
    let at = lineEnd + 1
    // A CR ends its line at once; whether an LF belongs to it may only show in the next read.
    if (read[lineEnd] === CR) {
      if (at === this.#readEnd) this.#afterCr = true
      else if (read[at] === LF) at += 1
    }
    this.#at = at
    this.truncated = this.discarding
    if (this.carriedBytes > 0) this.#joinCarried(start, lineEnd)
    else {
      this.buffer = read
      this.start = start
      this.end = lineEnd
    }
    this.discarding = false
    return true
  }

  /** Offset in the read after the line end that `next` or `open` has just passed. */
  get position(): number {
    return this.#at
  }

  /** A line ended at a CR that was the last byte of its read: an LF to come belongs to it. */
  get awaitsLineFeed(): boolean {
    return this.#afterCr
  }

  /** The unfinished line as far as it is kept; between `close` and the next `open`. */
  get carried(): Buffer {
    return this.#carry.subarray(0, this.carriedBytes)
  }

  /** The bytes so far do not end with a line end. */
  get insideLine(): boolean {
    return this.carriedBytes > 0 || this.discarding
  }

  /** Bytes after the last line end of this read, which `close` is going to keep. */
  get restBytes(): number {
    return this.#readEnd - this.#at
  }

  /** Forgets the unfinished line; what is left of it will be reported as truncated. */
  discard(): void {
    this.carriedBytes = 0
    this.discarding = true
  }

  /** Keeps the unfinished line; the read buffer may be used for something else from now on. */
  close(): void {
    if (this.#at < this.#readEnd) {
      if (!this.discarding) {
        this.#carry = storeBytes(this.#carry, this.carriedBytes, this.#read, this.#at, this.#readEnd)
        this.carriedBytes += this.#readEnd - this.#at
      }
    } else if (this.carriedBytes === 0 && this.#carry.length > KEPT_CAPACITY_BYTES) this.#carry = NO_BYTES
    this.#read = NO_BYTES
    this.buffer = NO_BYTES
  }

  #joinCarried(start: number, end: number): void {
    this.#carry = storeBytes(this.#carry, this.carriedBytes, this.#read, start, end)
    this.buffer = this.#carry
    this.start = 0
    this.end = this.carriedBytes + end - start
    this.carriedBytes = 0
  }

  // Part of a mark that turns out to be none is the beginning of the first line.
  #skipByteOrderMark(): void {
    while (this.#markBytes < 3 && this.#at < this.#readEnd) {
      if (this.#read[this.#at] !== BYTE_ORDER_MARK[this.#markBytes]) {
        this.#carry = storeBytes(this.#carry, 0, BYTE_ORDER_MARK, 0, this.#markBytes)
        this.carriedBytes = this.#markBytes
        this.#markBytes = 3
        return
      }
      this.#markBytes += 1
      this.#at += 1
    }
    this.hasByteOrderMark = this.#markBytes === 3
  }

  #findLineEnd(read: Buffer, start: number, end: number): number {
    const shortEnd = end - start > SMALL_READ_BYTES ? start + SHORT_LINE_BYTES : end
    for (let at = start; at < shortEnd; at += 1) {
      const byte = read[at]!
      if (byte === LF || byte === CR) return at
    }
    return shortEnd === end ? -1 : this.#searchLineEnd(read, shortEnd, end)
  }

  // A hit past `end` counts as none, and no search is repeated before its hit is passed.
  #searchLineEnd(read: Buffer, from: number, end: number): number {
    if (this.#lineFeed < from) this.#lineFeed = found(read.indexOf(LF, from))
    if (this.#carriageReturn < from) this.#carriageReturn = found(read.indexOf(CR, from))
    const lineEnd = Math.min(this.#lineFeed, this.#carriageReturn)
    return lineEnd < end ? lineEnd : -1
  }
}

function found(index: number): number {
  return index === -1 ? Number.MAX_SAFE_INTEGER : index
}

import { isUtf8 } from 'node:buffer'
import { LineReader } from './line-reader.ts'
import {
  addNote,
  emptyStreamFacts,
  MAX_LISTED,
  MAX_SAMPLE_TEXT,
  type SseNoteKind,
  type SseStreamFacts,
} from './stream-facts.ts'

const KNOWN_FIELDS = new Set(['data', 'event', 'id', 'retry'])
const BYTE_ORDER_MARK = '\ufeff'
const LF = 10
const CR = 13

/**
 * Sees what a client would not tell about an event stream. It reads the same lines as {@link SseParser} and takes its
 * time: for checks, not for load.
 */
export class SseStreamObserver {
  readonly #facts = emptyStreamFacts()
  readonly #lines = new LineReader()
  readonly #maxLineBytes: number
  #lineOffset = 0
  // The block that the next blank line ends.
  #blockOffset = -1
  #blockDataLines = 0
  #blockText = ''
  #blockExpectsData = false
  // The piece that the next pieceEnd ends.
  #pieceBytes = 0
  #pieceEvents = 0

  /** Longer lines are noted and not looked into; default 16 MiB. */
  constructor(maxLineBytes = 16777216) {
    this.#maxLineBytes = maxLineBytes
  }

  push(buffer: Buffer, start: number, end: number): void {
    const lines = this.#lines
    const facts = this.#facts
    const readOffset = facts.bytes
    facts.bytes += end - start
    this.#pieceBytes += end - start
    if (lines.awaitsLineFeed && end > start && buffer[start] === LF) {
      facts.lineEnds.cr -= 1
      facts.lineEnds.crlf += 1
    }
    lines.open(buffer, start, end)
    facts.byteOrderMark = lines.hasByteOrderMark
    this.#lineOffset = readOffset + lines.position - start - lines.carriedBytes
    while (lines.next()) {
      this.#countLineEnd(buffer, start, lines.position)
      if (!lines.truncated) this.#line(lines.buffer, lines.start, lines.end)
      this.#lineOffset = readOffset + lines.position - start
    }
    if (!lines.discarding && lines.carriedBytes + lines.restBytes > this.#maxLineBytes) {
      this.#oversizedLine()
      lines.discard()
    }
    lines.close()
  }

  /** A piece of the transport (an HTTP chunk, a read) ends after the bytes pushed so far. */
  pieceEnd(): void {
    if (this.#pieceBytes === 0) return
    const { pieces } = this.#facts
    pieces.pieces += 1
    if (this.#insideEvent()) pieces.endingInsideEvent += 1
    if (this.#pieceEvents === 0) pieces.withoutEvent += 1
    if (this.#pieceEvents > 1) pieces.withSeveralEvents += 1
    pieces.mostEvents = Math.max(pieces.mostEvents, this.#pieceEvents)
    this.#pieceBytes = 0
    this.#pieceEvents = 0
  }

  /** The stream has ended: notes what it left unfinished. */
  streamEnd(): void {
    const rest = this.#lines.carried.toString('utf8')
    if (this.#blockOffset === -1 && (rest === '' || rest.startsWith(':'))) return
    const offset = this.#blockOffset === -1 ? this.#lineOffset : this.#blockOffset
    addNote(this.#facts, 'unfinished-event', offset, this.#blockOffset === -1 ? rest : this.#blockText)
  }

  /** A copy of what has been seen so far. */
  facts(): SseStreamFacts {
    return structuredClone(this.#facts)
  }

  #insideEvent(): boolean {
    return this.#blockOffset !== -1 || this.#lines.insideLine
  }

  #countLineEnd(read: Buffer, start: number, position: number): void {
    const { lineEnds } = this.#facts
    if (read[position - 1] === CR) lineEnds.cr += 1
    else if (position - 2 >= start && read[position - 2] === CR) lineEnds.crlf += 1
    else lineEnds.lf += 1
  }

  #line(buffer: Buffer, start: number, end: number): void {
    if (start === end) {
      this.#blankLine()
      return
    }
    if (end - start > this.#maxLineBytes) {
      this.#oversizedLine()
      return
    }
    const line = buffer.toString('utf8', start, end)
    if (!isUtf8(buffer.subarray(start, end))) this.#note('invalid-utf8', line)
    if (line.includes(BYTE_ORDER_MARK)) this.#note('late-byte-order-mark', line)
    if (line.startsWith(':')) this.#facts.comments += 1
    else if (/^[ \t]+$/.test(line)) this.#note('whitespace-line', line)
    else this.#field(line)
  }

  #field(line: string): void {
    const colon = line.indexOf(':')
    const name = colon === -1 ? line : line.slice(0, colon)
    if (!KNOWN_FIELDS.has(name)) {
      const meant = name.replaceAll(BYTE_ORDER_MARK, '').trim().toLowerCase()
      this.#note(KNOWN_FIELDS.has(meant) ? 'misspelt-field' : 'unknown-field', line)
      return
    }
    if (colon === -1) this.#note('field-without-colon', line)
    else if (line[colon + 1] === ' ') this.#facts.spacedValues += 1
    else this.#facts.unspacedValues += 1
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (name === 'data') this.#blockLine(line, true)
    else if (name === 'retry') this.#retry(line, value)
    else {
      this.#blockLine(line, false)
      if (name === 'id') this.#id(line, value)
      else this.#eventName(line, value)
    }
  }

  #blockLine(line: string, isData: boolean): void {
    if (this.#blockOffset === -1) {
      this.#blockOffset = this.#lineOffset
      this.#blockText = line
    }
    if (isData) {
      this.#blockDataLines += 1
      this.#facts.dataLines += 1
    } else this.#blockExpectsData = true
  }

  #blankLine(): void {
    const facts = this.#facts
    if (this.#blockDataLines > 0) {
      facts.events += 1
      this.#pieceEvents += 1
      if (this.#blockDataLines > 1) facts.multiLineEvents += 1
    } else if (this.#blockExpectsData) {
      addNote(facts, 'block-without-data', this.#blockOffset, this.#blockText)
    }
    this.#blockOffset = -1
    this.#blockDataLines = 0
    this.#blockText = ''
    this.#blockExpectsData = false
  }

  #id(line: string, value: string): void {
    if (value.includes('\0')) {
      this.#note('nul-in-id', line)
      return
    }
    this.#facts.ids += 1
    if (/[^\x00-\x7f]/.test(value)) this.#note('non-ascii-id', line)
  }

  #eventName(line: string, value: string): void {
    if (value === '') this.#note('empty-event-name', line)
    else if (value === 'open' || value === 'error') this.#note('colliding-event-name', line)
    const { eventNames } = this.#facts
    const name = value.slice(0, MAX_SAMPLE_TEXT)
    if (eventNames.length < MAX_LISTED && !eventNames.includes(name)) eventNames.push(name)
  }

  #retry(line: string, value: string): void {
    const { retries } = this.#facts
    if (!/^[0-9]+$/.test(value)) this.#note('bad-retry', line)
    else if (retries.length < MAX_LISTED) retries.push(Math.min(Number(value), Number.MAX_SAFE_INTEGER))
  }

  // What it was can no longer be told: it counts as data.
  #oversizedLine(): void {
    this.#note('oversized-line', '')
    this.#blockLine('', true)
  }

  #note(kind: SseNoteKind, text: string): void {
    addNote(this.#facts, kind, this.#lineOffset, text)
  }
}

// The fast path for heads that lie whole in one read and have nothing unusual: one pass over the bytes records where
// lines and names end, then the strings are cut. Anything else is left to the tolerant reader.

const TOKEN = 1
const COLON = 2
const TEXT = 3
const OTHER = 4
const CR = 13
const LF = 10
const SPACE = 32
const TAB = 9
const MAX_LINES = 128

const byteClass = new Uint8Array(256).fill(OTHER)
for (let byte = 0x20; byte < 0x7f; byte += 1) {
  byteClass[byte] = /[!#$%&'*+\-.^_`|~0-9A-Za-z]/.test(String.fromCharCode(byte)) ? TOKEN : TEXT
}
byteClass[0x09] = TEXT
byteClass[0x3a] = COLON

// Offsets from the beginning of the head, of the last head scanned; read before the next scan.
const lineEnds = new Uint32Array(MAX_LINES)
const colons = new Uint32Array(MAX_LINES)
let lines = 0

/** Offset after the head, or -1: it is not whole, or not clean. */
export function scanCleanHead(buffer: Buffer, start: number, end: number): number {
  let at = start
  for (lines = 0; lines < MAX_LINES; lines += 1) {
    if (lines > 0) {
      const nameStart = at
      while (at < end && byteClass[buffer[at]!] === TOKEN) at += 1
      if (at + 1 >= end) return -1
      if (at === nameStart) return buffer[at] === CR && buffer[at + 1] === LF ? at + 2 : -1
      if (buffer[at] !== 58) return -1
      colons[lines] = at - start
    }
    while (at < end && byteClass[buffer[at]!]! < OTHER) at += 1
    if (at + 1 >= end || buffer[at] !== CR || buffer[at + 1] !== LF) return -1
    lineEnds[lines] = at - start
    at += 2
  }
  return -1
}

/** Header lines of the head scanned last. */
export function cleanHeaderLines(): number {
  return lines - 1
}

/** The start line of the head scanned last; `text` is that head. */
export function cleanStartLine(text: string): string {
  return text.slice(0, lineEnds[0])
}

/** The fields of the head scanned last. */
export function cleanHeaders(text: string): [string, string][] {
  const headers: [string, string][] = []
  for (let line = 1; line < lines; line += 1) {
    const colon = colons[line]!
    let start = colon + 1
    let end = lineEnds[line]!
    while (start < end && isWhitespace(text.charCodeAt(start))) start += 1
    while (end > start && isWhitespace(text.charCodeAt(end - 1))) end -= 1
    headers.push([text.slice(lineEnds[line - 1]! + 2, colon), text.slice(start, end)])
  }
  return headers
}

function isWhitespace(code: number): boolean {
  return code === SPACE || code === TAB
}

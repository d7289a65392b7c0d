const COLON = 58
const SPACE = 32

/** Whether line[start, end) is a `data` field; the first byte is known to be a d. The same for the others. */
export function isData(line: Buffer, start: number, end: number): boolean {
  // a t a
  if (end - start < 4 || line[start + 1] !== 97 || line[start + 2] !== 116 || line[start + 3] !== 97) return false
  return end - start === 4 || line[start + 4] === COLON
}

export function isId(line: Buffer, start: number, end: number): boolean {
  // d
  if (end - start < 2 || line[start + 1] !== 100) return false
  return end - start === 2 || line[start + 2] === COLON
}

export function isEvent(line: Buffer, start: number, end: number): boolean {
  // v e n t
  if (end - start < 5 || line[start + 1] !== 118 || line[start + 2] !== 101) return false
  if (line[start + 3] !== 110 || line[start + 4] !== 116) return false
  return end - start === 5 || line[start + 5] === COLON
}

export function isRetry(line: Buffer, start: number, end: number): boolean {
  // e t r y
  if (end - start < 5 || line[start + 1] !== 101 || line[start + 2] !== 116) return false
  if (line[start + 3] !== 114 || line[start + 4] !== 121) return false
  return end - start === 5 || line[start + 5] === COLON
}

/** Where the value begins: after the colon at `nameEnd` and one space; at `end` without a colon. */
export function valueStart(line: Buffer, nameEnd: number, end: number): number {
  if (nameEnd === end) return end
  const start = nameEnd + 1
  return start < end && line[start] === SPACE ? start + 1 : start
}

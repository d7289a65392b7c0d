// The mark that rtbench puts into a message to know it again: 24 bytes of URL- and JSON-safe text,
//   ~ run(2) source(4) sequence(5) scheduled(7, µs) lag(5, µs)
// as base-64 digits. Times are CLOCK_MONOTONIC, so every process of this machine reads them alike. All that a
// receiver needs comes back inside the message: nothing is kept per message in flight.

export const MARK_BYTES = 24

const TILDE = 0x7e
const DIGITS = Buffer.from('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_', 'latin1')
const VALUE = new Uint8Array(256).fill(255)
for (let i = 0; i < 64; i += 1) VALUE[DIGITS[i]!] = i

const HALF = 2 ** 24
const TIME_RANGE = 2 ** 42
const LAG_MAX = 2 ** 30 - 1

/** A decoded mark; one object is reused by each reader, so copy what is to be kept. */
export interface Mark {
  source: number
  sequence: number
  /** When the send was scheduled, ms on the clock of `world/clock.ts`. */
  scheduledMs: number
  /** When it was really sent. */
  sentMs: number
}

export const createMark = (): Mark => ({ source: 0, sequence: 0, scheduledMs: 0.5, sentMs: 0.5 })

/** Two digits that tell this run's messages from those of an earlier run in the same channel. */
export const runTag = (number: number): number => number & 0xfff

function put(target: Uint8Array, offset: number, digits: number, value: number): void {
  let rest = value
  for (let i = offset + digits - 1; i >= offset; i -= 1) {
    target[i] = DIGITS[rest & 63]!
    rest >>>= 6
  }
}

/** Writes a mark at `offset`. `source` < 2^24, `sequence` < 2^30. */
export function writeMark(
  target: Uint8Array,
  offset: number,
  tag: number,
  source: number,
  sequence: number,
  scheduledMs: number,
  sentMs: number,
): void {
  const scheduled = Math.round(scheduledMs * 1000) % TIME_RANGE
  const lag = Math.min(LAG_MAX, Math.max(0, Math.round((sentMs - scheduledMs) * 1000)))
  target[offset] = TILDE
  put(target, offset + 1, 2, tag)
  put(target, offset + 3, 4, source)
  put(target, offset + 7, 5, sequence)
  put(target, offset + 12, 3, Math.floor(scheduled / HALF))
  put(target, offset + 15, 4, scheduled % HALF)
  put(target, offset + 19, 5, lag)
}

/** Where the next mark of this run starts in [start, end), or -1. */
export function findMark(bytes: Uint8Array, start: number, end: number, tag: number): number {
  const first = DIGITS[(tag >>> 6) & 63]
  const second = DIGITS[tag & 63]
  const last = end - MARK_BYTES
  for (let i = start; i <= last; i += 1) {
    if (bytes[i] === TILDE && bytes[i + 1] === first && bytes[i + 2] === second) return i
  }
  return -1
}

// Collects every digit's bits: above 63 where one of them was no digit.
let bad = 0

function take(bytes: Uint8Array, offset: number, digits: number): number {
  let value = 0
  for (let i = offset; i < offset + digits; i += 1) {
    const digit = VALUE[bytes[i]!]!
    bad |= digit
    value = (value << 6) | digit
  }
  return value
}

/** Reads the mark at `offset` (as found by findMark). False: not 24 bytes of digits. */
export function readMark(bytes: Uint8Array, offset: number, nowMs: number, mark: Mark): boolean {
  bad = 0
  const source = take(bytes, offset + 3, 4)
  const sequence = take(bytes, offset + 7, 5)
  const high = take(bytes, offset + 12, 3)
  const low = take(bytes, offset + 15, 4)
  const lag = take(bytes, offset + 19, 5)
  if (bad > 63) return false
  mark.source = source
  mark.sequence = sequence
  // The clock wraps every 50 days: take the distance to now, not the value.
  const ageUs = (Math.round(nowMs * 1000) - (high * HALF + low) + TIME_RANGE) % TIME_RANGE
  const age = ageUs > TIME_RANGE / 2 ? ageUs - TIME_RANGE : ageUs
  mark.scheduledMs = nowMs - age / 1000
  mark.sentMs = mark.scheduledMs + lag / 1000
  return true
}

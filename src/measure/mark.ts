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

// The remainder, never negative; `%` of numbers beyond 32 bits is a call into the runtime.
const wrapped = (us: number): number => us - Math.floor(us / TIME_RANGE) * TIME_RANGE

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

function put2(target: Uint8Array, offset: number, value: number): void {
  target[offset] = DIGITS[(value >>> 6) & 63]!
  target[offset + 1] = DIGITS[value & 63]!
}

function put5(target: Uint8Array, offset: number, value: number): void {
  target[offset] = DIGITS[(value >>> 24) & 63]!
  put2(target, offset + 1, value >>> 12)
  put2(target, offset + 3, value)
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
  const scheduled = wrapped(Math.round(scheduledMs * 1000))
  const high = Math.floor(scheduled / HALF)
  const low = scheduled - high * HALF
  const lag = Math.min(LAG_MAX, Math.max(0, Math.round((sentMs - scheduledMs) * 1000)))
  target[offset] = TILDE
  put2(target, offset + 1, tag)
  put2(target, offset + 3, source >>> 12)
  put2(target, offset + 5, source)
  put5(target, offset + 7, sequence)
  target[offset + 12] = DIGITS[high >>> 12]!
  put2(target, offset + 13, high)
  put2(target, offset + 15, low >>> 12)
  put2(target, offset + 17, low)
  put5(target, offset + 19, lag)
}

/** A scheduled time as its mark brings it back: to the µs. Both ends must agree which message is before a moment. */
export const markTime = (scheduledMs: number): number => Math.round(scheduledMs * 1000) / 1000

/** Turns the mark at `offset` into that of another message of the same moment. */
export const renumberMark = (target: Uint8Array, offset: number, sequence: number): void =>
  put5(target, offset + 7, sequence)

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

function take2(bytes: Uint8Array, offset: number): number {
  const high = VALUE[bytes[offset]!]!
  const low = VALUE[bytes[offset + 1]!]!
  bad |= high | low
  return (high << 6) | low
}

function take5(bytes: Uint8Array, offset: number): number {
  const first = VALUE[bytes[offset]!]!
  bad |= first
  return (first << 24) | (take2(bytes, offset + 1) << 12) | take2(bytes, offset + 3)
}

/** Reads the mark at `offset` (as found by findMark). False: not 24 bytes of digits. */
export function readMark(bytes: Uint8Array, offset: number, nowMs: number, mark: Mark): boolean {
  bad = 0
  const source = (take2(bytes, offset + 3) << 12) | take2(bytes, offset + 5)
  const sequence = take5(bytes, offset + 7)
  const top = VALUE[bytes[offset + 12]!]!
  const high = (top << 12) | take2(bytes, offset + 13)
  const low = (take2(bytes, offset + 15) << 12) | take2(bytes, offset + 17)
  const lag = take5(bytes, offset + 19)
  if ((bad | top) > 63) return false
  mark.source = source
  mark.sequence = sequence
  // The clock wraps every 50 days: take the distance to now, not the value.
  const nowUs = Math.round(nowMs * 1000)
  const ageUs = wrapped(nowUs - (high * HALF + low))
  const age = ageUs > TIME_RANGE / 2 ? ageUs - TIME_RANGE : ageUs
  mark.scheduledMs = (nowUs - age) / 1000
  mark.sentMs = mark.scheduledMs + lag / 1000
  return true
}

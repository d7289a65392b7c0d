import { isUtf8 } from 'node:buffer'
import { WordView } from './word-view.ts'

const words = new WordView()
const HIGH_BITS = 0x8080_8080 | 0

/** Native checks cost about 100 ns for the call; below this size a loop in place is cheaper (test/bench/receiver.ts). */
const NATIVE_FROM_BYTES = 128
const NATIVE_FROM_BYTES_NON_ASCII = 40

/** Whether bytes[start, end) is well-formed UTF-8 as a whole (RFC 3629). */
export function isValidUtf8(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start >= NATIVE_FROM_BYTES) return isUtf8(bytes.subarray(start, end))
  let at = skipAscii(bytes, start, end)
  while (at < end) {
    const octet = bytes[at]!
    at += 1
    if (octet < 0x80) continue
    if (end - at >= NATIVE_FROM_BYTES_NON_ASCII) return isUtf8(bytes.subarray(at - 1, end))
    const wanted = continuationOctets(octet)
    if (wanted === 0 || at + wanted > end) return false
    const second = bytes[at]!
    if (second < lowestSecond(octet) || second > highestSecond(octet)) return false
    for (let i = 1; i < wanted; i += 1) if ((bytes[at + i]! & 0xc0) !== 0x80) return false
    at += wanted
  }
  return true
}

/** The offset after a run of ASCII, at most three octets short of its end: four are looked at together. */
function skipAscii(bytes: Uint8Array, start: number, end: number): number {
  const view = words.of(bytes)
  let at = start
  while (at + 3 < end && (view.getInt32(at) & HIGH_BITS) === 0) at += 4
  return at
}

/** How many octets follow this first octet of a sequence; 0 where none may begin with it. */
function continuationOctets(lead: number): number {
  if (lead < 0xc2 || lead > 0xf4) return 0
  return lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3
}

// The second octet's range excludes overlong forms, surrogates and code points past U+10FFFF (RFC 3629 §4).
function lowestSecond(lead: number): number {
  return lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80
}

function highestSecond(lead: number): number {
  return lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf
}

/** Checks UTF-8 piece by piece and knows the first octet at which no continuation could make it valid. */
export class Utf8Validator {
  /** Offset of the octet that broke it, counted from the first octet ever pushed; -1 while all is well. */
  failedAt = -1
  private seen = 0
  private wanted = 0
  private low = 0x80
  private high = 0xbf

  /** False from the first octet on that cannot be part of well-formed UTF-8. */
  push(bytes: Uint8Array, start = 0, end = bytes.length): boolean {
    if (this.failedAt >= 0) return false
    for (let at = start; at < end; at += 1) {
      if (this.wanted === 0) at = skipAscii(bytes, at, end)
      if (at === end) break
      const octet = bytes[at]!
      if (this.wanted === 0 ? octet < 0x80 || this.lead(octet) : this.continue(octet)) continue
      this.failedAt = this.seen + at - start
      return false
    }
    this.seen += end - start
    return true
  }

  /** Whether the text may end here: nothing broken and no sequence left open. */
  get complete(): boolean {
    return this.failedAt < 0 && this.wanted === 0
  }

  private lead(octet: number): boolean {
    this.wanted = continuationOctets(octet)
    this.low = lowestSecond(octet)
    this.high = highestSecond(octet)
    return this.wanted > 0
  }

  private continue(octet: number): boolean {
    if (octet < this.low || octet > this.high) return false
    this.wanted -= 1
    this.low = 0x80
    this.high = 0xbf
    return true
  }
}

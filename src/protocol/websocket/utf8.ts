import { isUtf8 } from 'node:buffer'

/** From here on the native check is worth its call; below, a loop in place is cheaper (test/bench/receiver.ts). */
const NATIVE_FROM_BYTES = 96

/** Whether bytes[start, end) is well-formed UTF-8 as a whole (RFC 3629). */
export function isValidUtf8(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start >= NATIVE_FROM_BYTES) return isUtf8(bytes.subarray(start, end))
  let at = start
  while (at < end && bytes[at]! < 0x80) at += 1
  return at === end || isUtf8(bytes.subarray(at, end))
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

  /** The second octet's range excludes overlong forms, surrogates and code points past U+10FFFF (RFC 3629 §4). */
  private lead(octet: number): boolean {
    if (octet < 0xc2 || octet > 0xf4) return false
    this.wanted = octet < 0xe0 ? 1 : octet < 0xf0 ? 2 : 3
    this.low = octet === 0xe0 ? 0xa0 : octet === 0xf0 ? 0x90 : 0x80
    this.high = octet === 0xed ? 0x9f : octet === 0xf4 ? 0x8f : 0xbf
    return true
  }

  private continue(octet: number): boolean {
    if (octet < this.low || octet > this.high) return false
    this.wanted -= 1
    this.low = 0x80
    this.high = 0xbf
    return true
  }
}

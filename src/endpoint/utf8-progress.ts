/** Takes payload octets from..to of a masked buffer; false once nothing that follows can make the text valid UTF-8. */
export type Utf8Progress = (bytes: Buffer, from: number, to: number, mask: Buffer, maskOffset: number) => boolean

/** Validates one text message octet by octet over any number of pieces (RFC 3629 §4). */
export function utf8Progress(): Utf8Progress {
  let missing = 0
  // The range of the next continuation octet: narrower than 80–BF right after E0, ED, F0 and F4.
  let low = 0x80
  let high = 0xbf

  function lead(octet: number): boolean {
    if (octet < 0x80) return true
    if (octet < 0xc2 || octet > 0xf4) return false
    missing = octet < 0xe0 ? 1 : octet < 0xf0 ? 2 : 3
    low = octet === 0xe0 ? 0xa0 : octet === 0xf0 ? 0x90 : 0x80
    high = octet === 0xed ? 0x9f : octet === 0xf4 ? 0x8f : 0xbf
    return true
  }

  return (bytes, from, to, mask, maskOffset) => {
    for (let at = from; at < to; at++) {
      const octet = bytes[at]! ^ mask[(maskOffset + at - from) & 3]!
      if (missing === 0) {
        if (!lead(octet)) return false
      } else {
        if (octet < low || octet > high) return false
        missing -= 1
        low = 0x80
        high = 0xbf
      }
    }
    return true
  }
}

/** Thrown within the walk when the data ends before the thing being read does; never leaves it. */
export class CutShort extends Error {}

/** Thrown within the walk at data that no deflate stream may hold; never leaves it. */
export class InvalidStream extends Error {}

/** Bits from the lowest of each octet upwards (RFC 1951 §3.1.1). */
export class BitReader {
  private readonly bytes: Uint8Array
  private at = 0
  private bit = 0

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  get ended(): boolean {
    return this.at >= this.bytes.length
  }

  take(count: number): number {
    let value = 0
    for (let i = 0; i < count; i += 1) {
      if (this.at >= this.bytes.length) throw new CutShort()
      value |= ((this.bytes[this.at]! >> this.bit) & 1) << i
      this.bit = (this.bit + 1) & 7
      if (this.bit === 0) this.at += 1
    }
    return value
  }

  toNextByte(): void {
    if (this.bit !== 0) this.at += 1
    this.bit = 0
  }

  /** Skips whole octets; the position is at an octet's start. */
  skipBytes(count: number): void {
    if (count > this.bytes.length - this.at) throw new CutShort()
    this.at += count
  }
}

/** A canonical Huffman code: how many codes each length has, and the symbols in code order (RFC 1951 §3.2.2). */
export interface HuffmanCode {
  counts: Uint16Array
  symbols: Uint16Array
}

const LONGEST_CODE_BITS = 15

/** The code of these code lengths; over-subscribed sets fail, and incomplete ones unless a single code may stand alone. */
export function huffmanCode(lengths: Uint8Array, mayStandAlone = true): HuffmanCode {
  const counts = new Uint16Array(LONGEST_CODE_BITS + 1)
  for (const length of lengths) counts[length]! += 1
  const used = lengths.length - counts[0]!
  counts[0] = 0
  let left = 1
  const offsets = new Uint16Array(LONGEST_CODE_BITS + 2)
  for (let bits = 1; bits <= LONGEST_CODE_BITS; bits += 1) {
    left = left * 2 - counts[bits]!
    if (left < 0) throw new InvalidStream('over-subscribed code')
    offsets[bits + 1] = offsets[bits]! + counts[bits]!
  }
  const alone = mayStandAlone && used === 1 && counts[1] === 1
  if (left > 0 && used > 0 && !alone) throw new InvalidStream('incomplete code')
  const symbols = new Uint16Array(used)
  lengths.forEach((length, symbol) => {
    if (length === 0) return
    symbols[offsets[length]!] = symbol
    offsets[length]! += 1
  })
  return { counts, symbols }
}

/** Reads one symbol: codes of one length are consecutive numbers, so counting per length finds it. */
export function decodeSymbol(bits: BitReader, code: HuffmanCode): number {
  let value = 0
  let first = 0
  let index = 0
  for (let length = 1; length <= LONGEST_CODE_BITS; length += 1) {
    value |= bits.take(1)
    const count = code.counts[length]!
    if (value - count < first) return code.symbols[index + value - first]!
    index += count
    first = (first + count) << 1
    value <<= 1
  }
  throw new InvalidStream('no such code')
}

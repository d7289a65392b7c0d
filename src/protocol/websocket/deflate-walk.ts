import { BitReader, CutShort, decodeSymbol, type HuffmanCode, huffmanCode, InvalidStream } from './huffman.ts'

/** What the payload of a compressed message is made of, told without inflating it: time is bounded by its size. */
export interface DeflateFacts {
  /** How many blocks of each type, the empty one that ends every message included; `final` ones are among them. */
  blocks: { stored: number; fixed: number; dynamic: number; final: number }
  /** Octets that inflating gives. */
  outputBytes: number
  /** The farthest back-reference in octets, what the sender's window must hold; 0 where there is none. */
  farthestDistance: number
  /** How far back-references reach before the start of this message: over 0 it needs the messages before it. */
  reachesBackBytes: number
  /** `unfinished`: the last thing is not the header of the empty stored block that must end it (RFC 7692 §7.2.1). */
  fault: 'unfinished' | 'invalid' | null
}

// RFC 1951 §3.2.5: the smallest length or distance of each symbol, and how many extra bits follow it.
const LENGTH_BASE = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
]
const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]
const DISTANCE_SYMBOLS = 30
// RFC 1951 §3.2.7: the order in which the lengths of the code length code stand.
const CODE_LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
const END_OF_BLOCK = 256

const FIXED_LITERALS = huffmanCode(
  Uint8Array.from({ length: 288 }, (_, symbol) => (symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8)),
)
const FIXED_DISTANCES = huffmanCode(new Uint8Array(32).fill(5))

/** Walks the payload of one message, as it stands on the wire without the tail that the receiver adds. */
export function walkDeflate(compressed: Uint8Array): DeflateFacts {
  const facts: DeflateFacts = {
    blocks: { stored: 0, fixed: 0, dynamic: 0, final: 0 },
    outputBytes: 0,
    farthestDistance: 0,
    reachesBackBytes: 0,
    fault: null,
  }
  const bits = new BitReader(compressed)
  try {
    while (!walkBlock(bits, facts));
  } catch (error) {
    if (error instanceof CutShort) facts.fault = 'unfinished'
    else if (error instanceof InvalidStream) facts.fault = 'invalid'
    else throw error
  }
  return facts
}

/** True once the message has ended as it must. */
function walkBlock(bits: BitReader, facts: DeflateFacts): boolean {
  const final = bits.take(1) === 1
  const type = bits.take(2)
  if (type === 3) throw new InvalidStream('block type 3')
  if (type === 0) {
    bits.toNextByte()
    facts.blocks.stored += 1
    // The sender has cut the length of the last block off.
    if (bits.ended && !final) return true
    const length = bits.take(16)
    if (bits.take(16) !== (~length & 0xffff)) throw new InvalidStream('stored length and its complement differ')
    bits.skipBytes(length)
    facts.outputBytes += length
  } else if (type === 1) {
    walkSymbols(bits, FIXED_LITERALS, FIXED_DISTANCES, facts)
    facts.blocks.fixed += 1
  } else {
    const [literals, distances] = readCodes(bits)
    walkSymbols(bits, literals, distances, facts)
    facts.blocks.dynamic += 1
  }
  if (final) {
    facts.blocks.final += 1
    // RFC 7692 §7.2.3.4: the message goes on at the next octet.
    bits.toNextByte()
  }
  return false
}

function walkSymbols(bits: BitReader, literals: HuffmanCode, distances: HuffmanCode, facts: DeflateFacts): void {
  for (;;) {
    const symbol = decodeSymbol(bits, literals)
    if (symbol === END_OF_BLOCK) return
    if (symbol < END_OF_BLOCK) {
      facts.outputBytes += 1
      continue
    }
    const base = LENGTH_BASE[symbol - 257]
    if (base === undefined) throw new InvalidStream('length symbol 286 or 287')
    const length = base + bits.take(LENGTH_EXTRA[symbol - 257]!)
    const distance = readDistance(bits, distances)
    facts.farthestDistance = Math.max(facts.farthestDistance, distance)
    facts.reachesBackBytes = Math.max(facts.reachesBackBytes, distance - facts.outputBytes)
    facts.outputBytes += length
  }
}

function readDistance(bits: BitReader, distances: HuffmanCode): number {
  const symbol = decodeSymbol(bits, distances)
  if (symbol >= DISTANCE_SYMBOLS) throw new InvalidStream('distance symbol 30 or 31')
  if (symbol < 4) return symbol + 1
  const extra = (symbol >> 1) - 1
  return ((2 + (symbol & 1)) << extra) + 1 + bits.take(extra)
}

/** The two codes of a dynamic block (RFC 1951 §3.2.7). */
function readCodes(bits: BitReader): [literals: HuffmanCode, distances: HuffmanCode] {
  const literalCount = bits.take(5) + 257
  const distanceCount = bits.take(5) + 1
  const lengthCount = bits.take(4) + 4
  if (literalCount > 286 || distanceCount > DISTANCE_SYMBOLS) throw new InvalidStream('too many symbols')
  const lengthLengths = new Uint8Array(19)
  for (let i = 0; i < lengthCount; i += 1) lengthLengths[CODE_LENGTH_ORDER[i]!] = bits.take(3)
  const lengthCode = huffmanCode(lengthLengths, false)
  const lengths = new Uint8Array(literalCount + distanceCount)
  for (let at = 0; at < lengths.length;) {
    const symbol = decodeSymbol(bits, lengthCode)
    if (symbol < 16) {
      lengths[at] = symbol
      at += 1
      continue
    }
    if (symbol === 16 && at === 0) throw new InvalidStream('nothing to repeat')
    const repeated = symbol === 16 ? lengths[at - 1]! : 0
    const times = symbol === 16 ? 3 + bits.take(2) : symbol === 17 ? 3 + bits.take(3) : 11 + bits.take(7)
    if (at + times > lengths.length) throw new InvalidStream('repeat past the end')
    lengths.fill(repeated, at, at + times)
    at += times
  }
  if (lengths[END_OF_BLOCK] === 0) throw new InvalidStream('no end-of-block code')
  return [huffmanCode(lengths.subarray(0, literalCount)), huffmanCode(lengths.subarray(literalCount))]
}

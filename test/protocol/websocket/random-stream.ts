import type { Random } from '../../../src/world/random.ts'

/** An integer in [low, high]. */
export function integer(random: Random, low: number, high: number): number {
  return low + Math.floor(random() * (high - low + 1))
}

const SIZES = [0, 1, 2, 20, 124, 125, 126, 127, 128, 1000, 65535, 65536, 70000]
const ALPHABET = ['a', 'ab', '{"seq":', '0123456789', 'ü', '€', '𝄞', ' ', '\0', 'ÿ']

/** Text of about one of the sizes at which headers change, partly repetitive, with code points of every length. */
export function randomText(random: Random, largest = 70000): Buffer {
  const sizes = SIZES.filter(size => size <= largest)
  const size = sizes[integer(random, 0, sizes.length - 1)]!
  const ascii = random() < 0.5
  const letters = ascii ? ALPHABET.slice(0, 4) : ALPHABET
  let text = ''
  while (text.length < size) text += letters[integer(random, 0, letters.length - 1)]
  return Buffer.from(text.slice(0, size))
}

/** At most `largest` octets, about one of the sizes at which headers change; every second time hardly compressible. */
export function randomBytes(random: Random, largest = 70000): Buffer {
  const bytes = Buffer.from(randomText(random, largest).subarray(0, largest))
  if (random() < 0.5) for (let i = 0; i < bytes.length; i += 1) bytes[i] = integer(random, 0, 255)
  return bytes
}

/** The stream cut into pieces at random, many of them small. */
export function randomSplit(random: Random, wire: Buffer): Buffer[] {
  const pieces: Buffer[] = []
  for (let at = 0; at < wire.length;) {
    const size = random() < 0.5 ? integer(random, 1, 9) : integer(random, 1, 40_000)
    pieces.push(wire.subarray(at, at + size))
    at += size
  }
  return pieces
}

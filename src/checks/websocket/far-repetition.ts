/**
 * Octets that do not compress but for repetitions at every distance from 2^7 to 2^(bits - 1) and a bit: whoever keeps a
 * window of that size refers back as far. Made by a fixed congruential sequence, so that they are the same every time.
 */
export function farRepetition(bits: number): Buffer {
  const bytes = Buffer.alloc((1 << bits) + (1 << (bits - 1)))
  let state = 0x2545f491
  for (let at = 0; at < bytes.length; at += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    bytes[at] = state >>> 24
  }
  for (let power = 7; power < bits; power += 1) {
    const distance = (1 << power) + 100
    const at = (1 << bits) + (power - 7) * 64
    bytes.copyWithin(at, at - distance, at - distance + 48)
  }
  return bytes
}

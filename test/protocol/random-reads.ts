import type { Random } from '../../src/world/random.ts'

/** Cuts bytes into reads of 1 to `maxBytes` bytes that all lie in one shared buffer, as a socket's reads do. */
export function* randomReads(bytes: Buffer, maxBytes: number, random: Random): Iterable<Buffer> {
  const shared = Buffer.alloc(maxBytes)
  for (let at = 0; at < bytes.length;) {
    const size = Math.min(bytes.length - at, 1 + Math.floor(random() * maxBytes))
    bytes.copy(shared, 0, at, at + size)
    yield shared.subarray(0, size)
    at += size
  }
}

import type { StreamFeatures } from './features.ts'

/** Buffers are pages and multiples of pages; a proxy's own header may take the beginning of the first. */
const SIZES = [1024, 2048, 4096, 8192, 12_288, 16_384, 32_768, 65_536]
const LEAST_SHARE = 0.6

/** The buffer that fills before it is passed on, from the sizes of what arrives at once; null: sizes follow no buffer. */
export function bufferBytes({ flushBytes, chunkBytes }: StreamFeatures): number | null {
  return dominant(chunkBytes.slice(0, -1)) ?? dominant(flushBytes.slice(1, -1)) ?? fewFlushes(flushBytes)
}

// Several full buffers at once are a multiple of one.
function dominant(sizes: readonly number[]): number | null {
  if (sizes.length < 3) return null
  for (const size of [...SIZES].reverse()) {
    const whole = sizes.filter(bytes => bytes > 0 && bytes % size === 0).length
    if (whole / sizes.length >= LEAST_SHARE) return size
  }
  return null
}

// A large buffer fills only once or twice during a probe: the full ones are just below or at a known size.
function fewFlushes(flushes: readonly number[]): number | null {
  const full = flushes.slice(0, -1)
  if (full.length === 0 || full.length > 3) return null
  const size = SIZES.find(candidate => candidate >= 4096 && full.every(bytes => isNearly(bytes, candidate)))
  return size ?? null
}

const isNearly = (bytes: number, size: number): boolean => bytes <= size && bytes > size - 1024

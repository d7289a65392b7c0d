const SLACK_BYTES = 64 * 1024

/**
 * Appends source[start, end) at `used` and returns the buffer that now holds everything. `expectedBytes` is the size the
 * peer announced: the buffer never exceeds it, nor twice what really arrived plus 64 KiB, so an announcement costs nothing.
 */
export function appendBytes(
  held: Buffer | null,
  used: number,
  source: Uint8Array,
  start: number,
  end: number,
  expectedBytes: number,
): Buffer {
  const needed = used + end - start
  let target = held
  if (target === null || target.length < needed) {
    target = Buffer.allocUnsafe(Math.max(needed, Math.min(expectedBytes, needed * 2 + SLACK_BYTES)))
    if (held !== null) target.set(held.subarray(0, used))
  }
  target.set(source.subarray(start, end), used)
  return target
}

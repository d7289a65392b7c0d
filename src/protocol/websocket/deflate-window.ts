const FIRST_ALLOCATION_BYTES = 1024

/** The last bytes of everything appended, as far back as the LZ77 window reaches. Grows only as it fills. */
export class DeflateWindow {
  private readonly sizeBytes: number
  private buffer = Buffer.alloc(0)
  private used = 0

  constructor(sizeBytes: number) {
    this.sizeBytes = sizeBytes
  }

  /** What the next message may refer back to; valid until the next append. */
  bytes(): Buffer {
    return this.buffer.subarray(Math.max(0, this.used - this.sizeBytes), this.used)
  }

  append(bytes: Buffer): void {
    const added = bytes.length > this.sizeBytes ? bytes.subarray(bytes.length - this.sizeBytes) : bytes
    if (this.used + added.length > this.buffer.length) this.makeRoom(added.length)
    this.buffer.set(added, this.used)
    this.used += added.length
  }

  /** Twice the window at most, so that old bytes are moved only once per window and not per message. */
  private makeRoom(addedBytes: number): void {
    const kept = this.bytes()
    const needed = kept.length + addedBytes
    const capacity = Math.min(2 * this.sizeBytes, Math.max(FIRST_ALLOCATION_BYTES, 2 * needed))
    if (capacity > this.buffer.length) {
      const grown = Buffer.allocUnsafeSlow(capacity)
      grown.set(kept)
      this.buffer = grown
    } else this.buffer.copyWithin(0, this.used - kept.length, this.used)
    this.used = kept.length
  }
}

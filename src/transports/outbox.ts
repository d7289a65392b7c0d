import type { Wire } from '../wire/dial.ts'

const BYTES = 65_536

/** Frames on their way out: one buffer for all connections of a worker, reused whenever the kernel took all of it. */
export class Outbox {
  private buffer = Buffer.allocUnsafeSlow(BYTES)
  private used = 0
  private owner: Wire | null = null
  private filled: Buffer = this.buffer

  /** Room for `bytes` more bytes of `owner`; what another connection left there goes out first. */
  reserve(owner: Wire, bytes: number): { buffer: Buffer; offset: number } {
    if (this.owner !== owner || this.used + bytes > this.buffer.length) this.flush()
    if (bytes > this.buffer.length) this.renew(bytes)
    this.owner = owner
    place.buffer = this.buffer
    place.offset = this.used
    return place
  }

  private renew(bytes: number): void {
    this.buffer = Buffer.allocUnsafeSlow(bytes)
    this.filled = this.buffer
  }

  /** `end`: the offset after the bytes that were written into the reserved room. */
  commit(end: number): void {
    this.used = end
  }

  flush(): void {
    const { owner, used } = this
    if (owner === null || used === 0) return
    this.used = 0
    this.owner = null
    // Writes of one size after the other are the rule: the view of the last one serves again.
    if (this.filled.length !== used) this.filled = this.buffer.subarray(0, used)
    // Bytes that the kernel did not take stay with the socket: it keeps this buffer, and we start another.
    if (!owner.write(this.filled) || this.buffer.length > BYTES) this.renew(BYTES)
  }
}

// Reserving happens once per message: no object each time.
const place: { buffer: Buffer; offset: number } = { buffer: Buffer.alloc(0), offset: 0 }

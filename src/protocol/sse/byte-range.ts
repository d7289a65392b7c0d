/** Shared by everything that has nothing stored yet. */
export const NO_BYTES: Buffer = Buffer.alloc(0)

/** A larger store is given back when it is no longer needed, so that one big event does not stay for good. */
export const KEPT_CAPACITY_BYTES = 65536

/** Copies source[start, end) to store[at…]; answers the store, or a larger one with store[0, at) in it. */
export function storeBytes(store: Buffer, at: number, source: Buffer, start: number, end: number): Buffer {
  const needed = at + end - start
  let target = store
  if (needed > store.length) {
    // Outside the shared pool: a small slice would keep its whole 8 KiB page alive for each connection.
    target = Buffer.allocUnsafeSlow(Math.max(needed, 32, Math.min(store.length * 2, store.length + 1048576)))
    store.copy(target, 0, 0, at)
  }
  if (end - start > 32) source.copy(target, at, start, end)
  else for (let from = start, to = at; from < end; from += 1, to += 1) target[to] = source[from]!
  return target
}

/** Bytes that lie in somebody's read buffer until `keep` copies them to a store of their own. */
export class ByteRange {
  buffer: Buffer = NO_BYTES
  start = 0
  end = 0
  #store: Buffer = NO_BYTES

  get length(): number {
    return this.end - this.start
  }

  /** Decodes as the standard does, with U+FFFD for each invalid sequence. */
  get text(): string {
    return this.buffer.toString('utf8', this.start, this.end)
  }

  set(buffer: Buffer, start: number, end: number): void {
    this.buffer = buffer
    this.start = start
    this.end = end
  }

  clear(): void {
    this.start = 0
    this.end = 0
    this.buffer = NO_BYTES
    if (this.#store.length > KEPT_CAPACITY_BYTES) this.#store = NO_BYTES
  }

  /** Makes the range independent of the buffer it was found in. */
  keep(): void {
    if (this.buffer === this.#store || this.buffer === NO_BYTES) return
    this.#store = storeBytes(this.#store, 0, this.buffer, this.start, this.end)
    this.set(this.#store, 0, this.end - this.start)
  }

  /** Adds a line feed and the bytes. */
  appendLine(buffer: Buffer, start: number, end: number): void {
    this.keep()
    const at = this.end + 1
    this.#store = storeBytes(this.#store, at, buffer, start, end)
    this.#store[at - 1] = 10
    this.set(this.#store, 0, at + end - start)
  }
}

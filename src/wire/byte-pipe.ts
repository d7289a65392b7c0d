/** How the other side ended: an orderly FIN, or a reset with the system's code. */
export type PipeEnd = { kind: 'fin' } | { kind: 'reset'; code: string }

export interface PipeListener {
  bytes(bytes: Buffer): void
  /** Called once; nothing comes after it. */
  over(end: PipeEnd): void
}

/** One side of a byte connection, over TCP, TLS or memory. */
export interface BytePipe {
  /** One segment, as far as the system lets it be one. */
  write(bytes: Uint8Array): void
  /** When little enough of what was written still waits, or the pipe is over. */
  drained(): Promise<void>
  /** FIN; what the other side still sends is received. */
  end(): void
  /** RST; nothing is received any more. */
  reset(): void
  /** Gives up both directions without waiting. */
  destroy(): void
  pause(): void
  resume(): void
  listen(listener: PipeListener): void
}

/** Opens a connection to the server under test. */
export type Dial = () => Promise<{ ok: true; pipe: BytePipe } | { ok: false; code: string; reason: string }>

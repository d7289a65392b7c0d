import type { BytePipe, PipeEnd, PipeListener } from './byte-pipe.ts'

const DRAINED_BELOW_BYTES = 256 * 1024

/**
 * Two ends of a connection in memory: bytes arrive in a later microtask, in the segments in which they were written. What
 * is written is handed over, not copied.
 */
export function memoryPipes(): [BytePipe, BytePipe] {
  const forth = lane()
  const back = lane()
  return [side(forth, back), side(back, forth)]
}

interface Lane {
  push(bytes: Buffer): void
  finish(end: PipeEnd): void
  drained(): Promise<void>
  pause(paused: boolean): void
  listen(listener: PipeListener): void
  /** The reader is gone: drop everything. */
  stop(): void
}

function side(out: Lane, into: Lane): BytePipe {
  return {
    write: bytes => out.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)),
    drained: () => out.drained(),
    end: () => out.finish({ kind: 'fin' }),
    reset() {
      into.stop()
      out.finish({ kind: 'reset', code: 'ECONNRESET' })
    },
    destroy() {
      into.stop()
      out.finish({ kind: 'fin' })
    },
    pause: () => into.pause(true),
    resume: () => into.pause(false),
    listen: listener => into.listen(listener),
  }
}

function lane(): Lane {
  const queue: Buffer[] = []
  const draining: (() => void)[] = []
  let bytes = 0
  let end: PipeEnd | null = null
  let delivered = false
  let listener: PipeListener | null = null
  let paused = false
  let stopped = false
  let pumping = false

  function pump(): void {
    if (pumping) return
    pumping = true
    queueMicrotask(() => {
      pumping = false
      deliver()
    })
  }

  function deliver(): void {
    // A reset is seen even by a side that does not read.
    if (listener === null || (paused && end?.kind !== 'reset') || stopped) return
    const next = queue.shift()
    if (next !== undefined) {
      bytes -= next.length
      listener.bytes(next)
      settle()
      pump()
    } else if (end !== null && !delivered) {
      delivered = true
      listener.over(end)
    }
  }

  function settle(): void {
    if (bytes > DRAINED_BELOW_BYTES && !stopped) return
    for (const done of draining.splice(0)) done()
  }

  return {
    push(piece) {
      if (end !== null || stopped || piece.length === 0) return
      queue.push(piece)
      bytes += piece.length
      pump()
    },
    finish(how) {
      if (end !== null) return
      if (how.kind === 'reset') queue.length = 0
      end = how
      pump()
      settle()
    },
    drained: () =>
      bytes <= DRAINED_BELOW_BYTES || stopped ? Promise.resolve() : new Promise(done => draining.push(done)),
    pause(now) {
      paused = now
      pump()
    },
    listen(to) {
      listener = to
      pump()
    },
    stop() {
      stopped = true
      queue.length = 0
      bytes = 0
      settle()
    },
  }
}

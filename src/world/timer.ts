import { now } from './clock.ts'

/** Time that can be waited for: the machine's, or a virtual one that jumps. */
export interface Clock {
  /** Milliseconds; only differences mean something. */
  now(): number
  /** Runs once after that many milliseconds unless the returned function is called first. */
  after(ms: number, run: () => void): () => void
}

export const realClock: Clock = {
  now,
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

export function sleep(clock: Clock, ms: number): Promise<void> {
  return new Promise(resolve => {
    clock.after(ms, resolve)
  })
}

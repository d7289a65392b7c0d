import { now } from '../world/clock.ts'

/** A time in which this process did not run: what arrived then bears the time of its end. */
export interface Stall {
  fromMs: number
  toMs: number
}

export interface StallWatch {
  readonly stalls: readonly Stall[]
  stop(): void
}

const BEAT_MS = 5
/** What is later than this is no noise of a timer. */
const LATE_MS = 15
const MAX_STALLS = 10_000

/** A timer that notices when it is late. */
export function watchStalls(): StallWatch {
  const stalls: Stall[] = []
  let lastMs = now()
  const timer = setInterval(() => {
    const atMs = now()
    if (atMs - lastMs > BEAT_MS + LATE_MS && stalls.length < MAX_STALLS) stalls.push({ fromMs: lastMs, toMs: atMs })
    lastMs = atMs
  }, BEAT_MS)
  return {
    stalls,
    stop: () => clearInterval(timer),
  }
}

/** Whether something that is stamped `atMs` may have been there long before: it came out of a stall. */
export function isOutOfStall(atMs: number, stalls: readonly Stall[], withinMs: number): boolean {
  let low = 0
  let high = stalls.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (stalls[middle]!.toMs + withinMs < atMs) low = middle + 1
    else high = middle
  }
  const stall = stalls[low]
  return stall !== undefined && stall.fromMs <= atMs
}

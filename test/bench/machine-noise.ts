// How much of this machine went to others while something was measured.
import { readFileSync } from 'node:fs'

const TICK_MS = 10

interface Moment {
  wallMs: number
  busyMs: number
  stealMs: number
  ownMs: number
}

/** Shares of the wall clock time. */
export interface Noise {
  foreign: number
  steal: number
}

/** Whether this process, and with it all contestants, comes before the others of the machine (`chrt -r 1 npm run bench`). */
export function atRealTimePriority(): boolean {
  // Field 41, the scheduling policy: 1 is SCHED_FIFO, 2 SCHED_RR.
  const policy = readFileSync('/proc/self/stat', 'latin1')
    .replace(/^.*\) /s, '')
    .split(' ')[38]
  return policy === '1' || policy === '2'
}

/** Above this share of foreign CPU and stolen time a run is void. */
export const NOISE_MAX = 0.12

function moment(): Moment {
  const fields = readFileSync('/proc/stat', 'latin1').split('\n', 1)[0]!.trim().split(/\s+/).slice(1).map(Number)
  const [user = 0, nice = 0, system = 0, , , irq = 0, softIrq = 0, steal = 0] = fields
  // Behind the name in brackets: state is field 3, utime 14, stime 15 and those of the children waited for 16 and 17.
  const own = readFileSync('/proc/self/stat', 'latin1')
    .replace(/^.*\) /s, '')
    .split(' ')
    .slice(11, 15)
    .map(Number)
  return {
    wallMs: performance.now(),
    busyMs: (user + nice + system + irq + softIrq) * TICK_MS,
    stealMs: steal * TICK_MS,
    ownMs: own.reduce((sum, ticks) => sum + ticks, 0) * TICK_MS,
  }
}

/** Noise while `work` ran; every process that the work started must have ended by then. */
export async function withNoise<T>(work: () => Promise<T>): Promise<{ result: T; noise: Noise }> {
  const before = moment()
  const result = await work()
  const after = moment()
  const wallMs = after.wallMs - before.wallMs
  const foreignMs = after.busyMs - before.busyMs - (after.ownMs - before.ownMs)
  return {
    result,
    noise: { foreign: Math.max(0, foreignMs) / wallMs, steal: (after.stealMs - before.stealMs) / wallMs },
  }
}

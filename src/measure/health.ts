import { PerformanceObserver } from 'node:perf_hooks'
import { cpuUsage, memoryUsage } from 'node:process'
import { now } from '../world/clock.ts'
import { watchMachine } from './machine.ts'
import type { Recorder } from './recorder.ts'

// A timer every 10 ms, timed by the clock: whatever delays it (a stopped process, a busy neighbour, garbage collection,
// our own work) delays sends and receipts just the same.
const BEAT_MS = 10
/** Delays below this are the scheduling noise of any machine. */
export const LAG_FLOOR_MS = 20

/** `idle`: the calibration, before anything is asked of this process. `opening`: whatever is no part of the figures. */
export type HealthPhase = 'idle' | 'opening' | 'running'

/** Watches the process that generates the load: loop lag, CPU, garbage collection, memory. */
export interface Health {
  /** Values of the interval that ends now. */
  take(): { cpuShare: number; rssBytes: number }
  /** What lag counts for from here on; `null`: for nothing. */
  enter(phase: HealthPhase | null): void
  stop(): void
}

export function watchHealth(recorder: Recorder): Health {
  const lags = {
    idle: recorder.histogram('gen_idle_lag'),
    opening: recorder.histogram('gen_opening_lag'),
    running: recorder.histogram('gen_loop_lag'),
  }
  const machine = watchMachine(recorder)
  let phase: HealthPhase | null = null
  let due = now() + BEAT_MS
  const timer = setInterval(() => {
    const time = now()
    const late = Math.max(0, time - due)
    if (phase !== null) lags[phase].record(late * 1000)
    if (phase === 'running') machine.look()
    else machine.skip()
    // The whole delay of a long lag is lost time, in which nothing was sent or stamped.
    if (phase === 'running' && late > LAG_FLOOR_MS) recorder.count('gen_stalled_ms', late)
    due = time + BEAT_MS
  }, BEAT_MS)
  // On Node 20 each entry leaves 2 KB in the old generation. v8.GCProfiler, which would not, leaks native memory there.
  const collections = new PerformanceObserver(list => {
    for (const entry of list.getEntries()) recorder.recordMs('gen_gc', entry.duration)
  })
  collections.observe({ entryTypes: ['gc'] })
  let cpu = cpuUsage()
  let cpuAt = now()
  return {
    take() {
      const usage = cpuUsage(cpu)
      const time = now()
      const cpuShare = (usage.user + usage.system) / 1000 / Math.max(1, time - cpuAt)
      cpu = cpuUsage()
      cpuAt = time
      return { cpuShare, rssBytes: memoryUsage.rss() }
    },
    enter(next) {
      phase = next
      // What was late before belongs to what was before.
      due = Math.max(due, now())
    },
    stop() {
      clearInterval(timer)
      collections.disconnect()
    },
  }
}

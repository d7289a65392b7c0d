import { PerformanceObserver } from 'node:perf_hooks'
import { cpuUsage, memoryUsage } from 'node:process'
import { now } from '../world/clock.ts'
import type { Recorder } from './recorder.ts'

// A timer every 10 ms, timed by the clock: whatever delays it (a stopped process, a busy neighbour, garbage collection,
// our own work) delays sends and receipts just the same.
const BEAT_MS = 10
/** Delays below this are the scheduling noise of any machine. */
export const LAG_FLOOR_MS = 20

/** Watches the process that generates the load: loop lag, CPU, garbage collection, memory. */
export interface Health {
  /** Values of the interval that ends now. */
  take(): { cpuShare: number; rssBytes: number }
  /** From here on lag counts as the run's own, not as that of opening the connections. */
  running(is: boolean): void
  stop(): void
}

export function watchHealth(recorder: Recorder): Health {
  const lag = recorder.histogram('gen_loop_lag')
  const openingLag = recorder.histogram('gen_opening_lag')
  let running = false
  let due = now() + BEAT_MS
  const timer = setInterval(() => {
    const time = now()
    const late = Math.max(0, time - due)
    if (!running) openingLag.record(late * 1000)
    else lag.record(late * 1000)
    // The whole delay of a long lag is lost time, in which nothing was sent or stamped.
    if (running && late > LAG_FLOOR_MS) recorder.count('gen_stalled_ms', late)
    due = time + BEAT_MS
  }, BEAT_MS)
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
    running(is) {
      running = is
      // What was late before belongs to what was before.
      due = Math.max(due, now())
    },
    stop() {
      clearInterval(timer)
      collections.disconnect()
    },
  }
}

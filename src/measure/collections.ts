import { GCProfiler } from 'node:v8'

/**
 * The pauses of this process's garbage collections, in ms, since they were last asked for. Not by a PerformanceObserver:
 * on Node 20 each of its entries leaves a dozen objects in the old generation, half a MB a minute of a busy process.
 */
export interface Collections {
  take(): number[]
  stop(): void
}

export function watchCollections(): Collections {
  const profiler = new GCProfiler()
  profiler.start()
  return {
    take() {
      const pauses = profiler.stop().statistics.map(({ cost }) => cost / 1000)
      profiler.start()
      return pauses
    },
    stop: () => void profiler.stop(),
  }
}

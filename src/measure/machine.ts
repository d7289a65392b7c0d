import { watchRunDelay } from '../world/run-delay.ts'
import { watchRunnableThreads } from '../world/runnable-threads.ts'
import type { Recorder } from './recorder.ts'

/** What neighbours take from this process, and from others on this machine; nothing where the kernel does not tell. */
export interface MachineWatch {
  /** Records what passed since the last look. */
  look(): void
  /** What passed since the last look is no part of the figures. */
  skip(): void
}

/** `gen_run_delay`: how long this process waited each time for a core, the mean of each look. */
export function watchMachine(recorder: Recorder): MachineWatch {
  const runDelay = watchRunDelay()
  const isCrowded = watchRunnableThreads()
  const delays = recorder.histogram('gen_run_delay')
  return {
    look() {
      if (runDelay !== null) {
        const { waitedMs, runs } = runDelay()
        delays.record((waitedMs / Math.max(1, runs)) * 1000)
      }
      if (isCrowded !== null) {
        recorder.count('gen_looks')
        if (isCrowded()) recorder.count('gen_crowded')
      }
    },
    skip: () => void runDelay?.(),
  }
}

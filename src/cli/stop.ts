import type { ProcessWorld } from '../world/process.ts'
import { EXIT } from './exit-code.ts'

export interface Stop {
  /** Aborted with reason 'SIGINT' or 'SIGTERM' by the first signal. */
  signal: AbortSignal
  /** Gives signals back to Node. */
  release: () => void
}

/** The first signal asks the run to end and keep what it has; the second ends the process at once. */
export function stopOnSignals(world: Pick<ProcessWorld, 'onSignal' | 'exitNow' | 'err'>, isQuiet = false): Stop {
  const controller = new AbortController()
  const release = world.onSignal(signal => {
    if (controller.signal.aborted) world.exitNow(EXIT[signal])
    else {
      if (!isQuiet) world.err('\nrtbench: stopping; once more to quit without a report\n')
      controller.abort(signal)
    }
  })
  return { signal: controller.signal, release }
}

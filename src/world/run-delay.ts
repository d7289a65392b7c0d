import { openSync, readSync } from 'node:fs'

/** Since the last look: how long the thread waited for a core while it had work, and how many times it got one. */
export interface RunDelay {
  waitedMs: number
  runs: number
}

// The thread that stamps messages is the first one of its process, and `self` is that one's file.
const FILE = '/proc/self/schedstat'

/**
 * Reads what the Linux scheduler counts: ns on a core, ns runnable without one (also what a CPU limit of a container
 * takes away), times it was put on one. Null where the kernel does not tell.
 */
export function watchRunDelay(): (() => RunDelay) | null {
  const buffer = Buffer.allocUnsafe(128)
  let file: number
  const read = (): [waitedNs: number, runs: number] => {
    const [, waitedNs = 0, runs = 0] = buffer.toString('latin1', 0, readSync(file, buffer, 0, 128, 0)).split(' ')
    return [Number(waitedNs), Number(runs)]
  }
  try {
    file = openSync(FILE, 'r')
    let [waited, runs] = read()
    // A kernel without these statistics has the file, full of zeros.
    if (!(runs > 0)) return null
    return () => {
      const [waitedNow, runsNow] = read()
      const passed = { waitedMs: (waitedNow - waited) / 1e6, runs: runsNow - runs }
      waited = waitedNow
      runs = runsNow
      return passed
    }
  } catch {
    return null
  }
}

import { openSync, readSync } from 'node:fs'
import { cpus } from 'node:os'

const FILE = '/proc/loadavg'

/**
 * A look at whether as many threads of this machine want a core as it has, this one left out. Null where the kernel does
 * not tell. All cores count, also those that this process may not use: the kernel counts the threads of all.
 */
export function watchRunnableThreads(): (() => boolean) | null {
  const cores = cpus().length
  const buffer = Buffer.allocUnsafe(128)
  try {
    const file = openSync(FILE, 'r')
    // "0.82 1.43 1.14 3/122 6921": 3 of 122 threads run or wait for a core.
    const runnable = () => Number(/ (\d+)\//.exec(buffer.toString('latin1', 0, readSync(file, buffer, 0, 128, 0)))?.[1])
    if (!(runnable() > 0) || cores === 0) return null
    return () => runnable() - 1 >= cores
  } catch {
    return null
  }
}

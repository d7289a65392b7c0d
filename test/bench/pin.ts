// Target and generator each get a core of their own: otherwise every write of the generator may wake the target on the
// generator's core, and what is measured is how the scheduler switches between the two.
import { spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'

const CORES = { target: 0, generator: 1 }

/** All threads of the process; without effect where there is one core or no taskset. */
export function pin(pid: number, as: keyof typeof CORES): void {
  if (availableParallelism() < 2) return
  spawnSync('taskset', ['-a', '-c', '-p', String(CORES[as]), String(pid)], { stdio: 'ignore' })
}

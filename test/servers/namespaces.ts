// Network namespaces of a test's own, each with a cable to a hub: addresses, ports and links that nobody else has.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import type { TestContext } from 'node:test'

/** Where the hub is reached from every spoke. */
export const HUB = '10.213.0.1'

export interface Namespaces {
  /** Runs a program in the hub (null) or in a spoke. */
  start(spoke: number | null, command: string, words: string[], options?: Parameters<typeof spawn>[2]): ChildProcess
  /** Sets a kernel parameter of a namespace. */
  set(spoke: number | null, key: string, value: string): void
}

const ip = (...words: string[]) => spawnSync('ip', words, { encoding: 'utf8' })

function orThrow({ status, stderr, error }: ReturnType<typeof ip>): void {
  if (status !== 0) throw new Error(error?.message ?? stderr.trim())
}

/** Makes a hub and so many spokes, gone with the test; skips it where this machine does not allow that. */
export function namespaces(t: TestContext, spokes: number): Namespaces | null {
  const name = (spoke: number | null) => `rtbench-${process.pid}-${spoke ?? 'hub'}`
  const all = [null, ...Array.from({ length: spokes }, (_, i) => i)]
  t.after(() => {
    for (const spoke of all) ip('netns', 'del', name(spoke))
  })
  try {
    for (const spoke of all) {
      orThrow(ip('netns', 'add', name(spoke)))
      orThrow(ip('-n', name(spoke), 'link', 'set', 'lo', 'up'))
    }
    orThrow(ip('-n', name(null), 'address', 'add', `${HUB}/32`, 'dev', 'lo'))
    for (let i = 0; i < spokes; i += 1) {
      const [own, hub] = [name(i), name(null)]
      orThrow(ip('-n', hub, 'link', 'add', `s${i}`, 'type', 'veth', 'peer', 'name', 'hub', 'netns', own))
      orThrow(ip('-n', hub, 'address', 'add', `10.213.${i + 1}.1/24`, 'dev', `s${i}`))
      orThrow(ip('-n', own, 'address', 'add', `10.213.${i + 1}.2/24`, 'dev', 'hub'))
      orThrow(ip('-n', hub, 'link', 'set', `s${i}`, 'up'))
      orThrow(ip('-n', own, 'link', 'set', 'hub', 'up'))
      orThrow(ip('-n', own, 'route', 'add', 'default', 'via', `10.213.${i + 1}.1`))
    }
  } catch (error) {
    t.skip(`no network namespaces can be made: ${(error as Error).message}`)
    return null
  }
  return {
    start(spoke, command, words, options = {}) {
      const child = spawn('ip', ['netns', 'exec', name(spoke), command, ...words], options)
      t.after(() => child.kill('SIGKILL'))
      return child
    },
    set(spoke, key, value) {
      const file = `/proc/sys/${key.replaceAll('.', '/')}`
      orThrow(ip('netns', 'exec', name(spoke), 'sh', '-c', `echo "${value}" > ${file}`))
    },
  }
}

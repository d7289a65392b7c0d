import { UsageError } from '../../config/errors.ts'
import type { LoadConfig } from '../../config/run-config.ts'
import { type Limits, obstacle } from '../preflight.ts'

// Above half of the ports the kernel's search for a free one takes most of the time of a connect. A source address that
// is given is bound before the connect, and that search is dearer still: it is kept to a tenth of the ports.
const PORTS_EASILY = 0.5
const PORTS_PER_SOURCE = 0.1
const LOOPBACK = /^(127\.\d+\.\d+\.\d+|localhost)$/
const SOURCES_MAX = 250

/**
 * The run as this machine can hold it. On loopback, source addresses of 127.0.0.0/8 are added as the number of
 * connections asks for them. Throws a UsageError with the arithmetic where it cannot be held.
 */
export function withCapacity(config: LoadConfig, connections: number, workers: number, limits: Limits): LoadConfig {
  const { target } = config
  if (target.unixSocket !== null) {
    refuse(obstacle(connections, workers, Number.MAX_SAFE_INTEGER, 1, limits))
    return config
  }
  const host = target.connectTo?.host ?? new URL(target.url!).hostname
  const easily = Math.floor(limits.ports * PORTS_EASILY)
  const localAddresses =
    target.localAddresses.length === 0 && LOOPBACK.test(host) && connections > easily
      ? loopbackAddresses(Math.ceil(connections / (limits.ports * PORTS_PER_SOURCE)))
      : target.localAddresses
  refuse(obstacle(connections, workers, localAddresses.length, 1, limits))
  return { ...config, target: { ...target, localAddresses } }
}

function refuse(sentence: string | null): void {
  if (sentence !== null) throw new UsageError(sentence)
}

const loopbackAddresses = (count: number): string[] =>
  Array.from({ length: Math.min(SOURCES_MAX, count) }, (_, i) => `127.0.0.${i + 2}`)

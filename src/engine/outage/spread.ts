// How many processes a herd needs on this machine.
import { UsageError } from '../../config/errors.ts'
import type { OutageConfig } from '../../config/outage-config.ts'
import { machineLimits, obstacle, socketsPerProcess, workerCount } from '../preflight.ts'

/** A gate holds two sockets for each client: its own and the one to the target. */
const SOCKETS_PER_CLIENT = 2

/** Throws UsageError where this machine has not the files or ports for it. */
export function spreadHerd(config: OutageConfig, limits = machineLimits()): { workers: number; gates: number } {
  const all = config.connections + config.control
  if (config.realClient) return { workers: 1, gates: 1 }
  const gates = config.commands === null ? Math.ceil((SOCKETS_PER_CLIENT * all) / socketsPerProcess(limits)) : 1
  // Each worker goes to one gate, and each gate gets its share of them.
  const workers = Math.ceil(Math.max(gates, workerCount(all, config.workers, limits)) / gates) * gates
  const sources = config.commands === null ? 1 : config.target.localAddresses.length
  const problem = obstacle(all, workers, sources, 1, limits)
  if (problem !== null) throw new UsageError(problem, 'connections')
  return { workers, gates }
}

/** The control group has one of its own. */
export const processesOf = (config: OutageConfig): number => spreadHerd(config).workers + (config.control > 0 ? 1 : 0)

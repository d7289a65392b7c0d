import type { OutageConfig } from '../../config/outage-config.ts'
import { shareOf } from '../worker/plan.ts'
import type { OutageTarget } from './conduct.ts'
import type { HerdWorkerPlan } from './worker-plan.ts'

/** Of each list a worker has one. */
export interface Places {
  connectTo: readonly { host: string; port: number }[]
  /** Where to rehearse. */
  openPorts: readonly number[]
  closedPort: number
}

/**
 * Each worker's exact share of the clients. The control group has the last numbers and a process of its own: what it gets
 * is not read late because a wave is being issued.
 */
export function herdPlans(
  config: OutageConfig,
  policy: string,
  { transport, url }: OutageTarget,
  { connectTo, openPorts, closedPort }: Places,
  tag: number,
  workers: number,
): HerdWorkerPlan[] {
  const { connections, control } = config
  const shares = Array.from({ length: workers }, (_, index) => shareOf(connections, index, workers))
  if (control > 0) shares.push(control)
  let first = 0
  return shares.map((clients, index) => {
    const gate = connectTo[index % connectTo.length]
    const plan: HerdWorkerPlan = {
      target: gate === undefined ? config.target : { ...config.target, connectTo: gate },
      transport,
      url,
      cursor: config.cursor,
      policy,
      realClient: config.realClient,
      first,
      clients,
      controlFrom: connections,
      tag,
      seed: config.seed,
      rehearsal: { openPort: openPorts[index % openPorts.length]!, closedPort },
    }
    first += clients
    return plan
  })
}

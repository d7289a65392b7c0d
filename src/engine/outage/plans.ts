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

/** Each worker's exact share of the clients; the control group has the last numbers. */
export function herdPlans(
  config: OutageConfig,
  policy: string,
  { transport, url }: OutageTarget,
  { connectTo, openPorts, closedPort }: Places,
  tag: number,
  workers: number,
): HerdWorkerPlan[] {
  const all = config.connections + config.control
  let first = 0
  return Array.from({ length: workers }, (_, index) => {
    const clients = shareOf(all, index, workers)
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
      controlFrom: config.connections,
      tag,
      seed: config.seed,
      rehearsal: { openPort: openPorts[index % openPorts.length]!, closedPort },
    }
    first += clients
    return plan
  })
}

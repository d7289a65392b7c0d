// The clients of a worker as the policies model them, over the transport of the run.
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { Recorder } from '../../measure/recorder.ts'
import type { TransportUnit } from '../../transports/transport.ts'
import type { DialTarget } from '../../wire/dial.ts'
import type { Route } from '../../wire/route.ts'
import { routeOf } from '../../wire/route.ts'
import { findUnit, loadUnit } from '../../world/units.ts'
import type { Plan } from './client.ts'
import type { HerdClients } from './herd-clients.ts'
import { createHerdClients } from './herd-clients.ts'
import type { HerdRecord } from './herd-record.ts'
import { createHerdRecord } from './herd-record.ts'
import { createHerdRoom } from './herd-room.ts'
import { resolvePlan } from './plan.ts'
import type { HerdWorkerPlan } from './worker-plan.ts'

const LOOPBACK = '127.0.0.1'
// Each is refused three times; a small herd's first wave is not late enough to matter.
const REHEARSING_CLIENTS_MAX = 500

interface Parts {
  route: Route
  unit: TransportUnit
  policy: Plan
}

export async function createModelClients(plan: HerdWorkerPlan, record: HerdRecord): Promise<HerdClients> {
  const route = routeOf(plan.target, plan.url)!
  const unit = await loadUnit<TransportUnit>(findUnit('transports', plan.transport)!)
  const parts = { route, unit, policy: await resolvePlan(plan.policy) }
  const clients = assemble(plan, record, parts, route.dial)
  return {
    ...clients,
    async open() {
      const opened = await clients.open()
      await rehearse(plan, parts)
      return opened
    },
  }
}

function assemble(plan: HerdWorkerPlan, record: HerdRecord, parts: Parts, dial: DialTarget): HerdClients {
  const { policy, unit, route } = parts
  const clients: HerdClients = createHerdClients({ plan, policy, record, room: () => room, make: () => make, dial })
  const room = createHerdRoom(plan, route, new Recorder(), clients.listener)
  const make = unit.prepare(room)
  return clients
}

/**
 * Attempts that are refused, before those that count. Code that the engine has not compiled yet takes about five times
 * as long: the first wave of a herd would be late for that alone. They come after the opening, which makes the engine
 * drop what it had compiled for failures alone.
 */
async function rehearse(plan: HerdWorkerPlan, parts: Parts): Promise<void> {
  const clients = Math.min(plan.clients, REHEARSING_CLIENTS_MAX)
  const scratch = { ...plan, clients, first: 0, controlFrom: clients }
  const dial = { ...parts.route.dial, host: LOOPBACK, port: await closedPort(), unixSocket: null }
  await assemble(scratch, createHerdRecord(scratch), parts, dial).open()
}

/** A port of this machine on which nobody listens. */
function closedPort(): Promise<number> {
  const server = createServer()
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, LOOPBACK, () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

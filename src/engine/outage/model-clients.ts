// The clients of a worker as the policies model them, over the transport of the run.
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
import { createHerdRoom } from './herd-room.ts'
import { resolvePlan } from './plan.ts'
import { rehearse } from './rehearsal.ts'
import type { HerdWorkerPlan } from './worker-plan.ts'

interface Parts {
  route: Route
  unit: TransportUnit
  policy: Plan
}

export async function createModelClients(plan: HerdWorkerPlan, record: HerdRecord): Promise<HerdClients> {
  const route = routeOf(plan.target, plan.url)!
  const unit = await loadUnit<TransportUnit>(findUnit('transports', plan.transport)!)
  const parts = { route, unit, policy: await resolvePlan(plan.policy) }
  const clients = assemble(plan, record, parts)
  return {
    ...clients,
    async open() {
      const opened = await clients.open()
      await rehearse({ plan, dial: route.dial, assemble: (scratch, log, dial) => assemble(scratch, log, parts, dial) })
      return opened
    },
  }
}

/** `rehearsal`: where to dial instead of the target; nobody waits then. */
function assemble(plan: HerdWorkerPlan, record: HerdRecord, { policy, unit, route }: Parts, rehearsal?: DialTarget) {
  const clients: HerdClients = createHerdClients({
    plan,
    policy,
    record,
    room: () => room,
    make: () => make,
    // A copy, as that of a rehearsal is: what the engine compiles for objects of one shape does not do for another.
    dial: rehearsal ?? { ...route.dial },
    longestWaitMs: rehearsal === undefined ? Number.POSITIVE_INFINITY : 0,
  })
  const room = createHerdRoom(plan, route, new Recorder(), clients.listener)
  const make = unit.prepare(room)
  return clients
}

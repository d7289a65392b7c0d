// The outage before the outage, in a worker's own process.
import type { DialTarget } from '../../wire/dial.ts'
import { now } from '../../world/clock.ts'
import type { HerdClients } from './herd-clients.ts'
import type { HerdRecord } from './herd-record.ts'
import { createHerdRecord } from './herd-record.ts'
import type { HerdWorkerPlan } from './worker-plan.ts'

const LOOPBACK = '127.0.0.1'
const CLIENTS_MAX = 64
const HERDS = 16
const MET_PER_CLIENT = 4
const REFUSED_PER_CLIENT = 5
const MS_MAX = 3000
const LOOK_MS = 5

export interface RehearsalOptions {
  plan: HerdWorkerPlan
  /** The target's; only place and port are replaced. */
  dial: DialTarget
  /** The clients of a plan, who dial there and never wait. */
  assemble(plan: HerdWorkerPlan, record: HerdRecord, dial: DialTarget): HerdClients
}

/**
 * Small herds are turned away, let in, thrown out and refused, again and again, on the very path of those that count.
 * Code that the engine has not compiled for what it meets takes about five times as long, and its compilers take the
 * cores: the first waves of a herd would be late for that alone. It comes after the opening, which makes the engine drop
 * what it had compiled for failures alone.
 */
export async function rehearse({ plan, dial, assemble }: RehearsalOptions): Promise<void> {
  const clients = Math.min(plan.clients, CLIENTS_MAX)
  const scratch = { ...plan, clients, first: 0, controlFrom: clients }
  const { openPort, closedPort } = plan.rehearsal
  const untilMs = now() + MS_MAX
  // The first wave of a small herd is not late enough to matter.
  for (let herds = Math.min(HERDS, plan.clients / CLIENTS_MAX); herds > 0; herds -= 1) {
    const record = createHerdRecord(scratch)
    const place = { ...dial, host: LOOPBACK, port: closedPort, unixSocket: null }
    const herd = assemble(scratch, record, place)
    const reach = async (attemptsPerClient: number) => {
      while (record.tally.attempts < clients * attemptsPerClient && herd.trying() > 0 && now() < untilMs)
        await new Promise(resolve => setTimeout(resolve, LOOK_MS))
    }
    herd.watch()
    // The server there speaks no TLS.
    if (dial.tls === null) place.port = openPort
    void herd.open()
    await reach(MET_PER_CLIENT)
    place.port = closedPort
    await reach(MET_PER_CLIENT + REFUSED_PER_CLIENT)
    herd.finish()
  }
}

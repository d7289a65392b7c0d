// The gate: a TCP front before the target that plays a fault, then lets clients back in at the rate of its capacity.
import type { Server, Socket } from 'node:net'
import { createServer } from 'node:net'
import type { Fault, FaultSettings } from './fault.ts'
import { now } from '../world/clock.ts'
import { seededRandom } from '../world/random.ts'
import type { BlackHole } from './black-hole.ts'
import { openBlackHole } from './black-hole.ts'
import { createAdmission } from './gate-admission.ts'
import type { GateConnection, GateTarget } from './gate-connection.ts'
import { gateConnection } from './gate-connection.ts'

export interface GateOptions {
  target: GateTarget
  host: string
  /** 0 takes any free port. */
  port: number
  /** Admissions per second from the restore on; null: no limit. */
  capacity: number | null
  backlog: number
  seed: number
}

/** Times on the machine's monotonic clock. */
export interface GateLog {
  accepted: Float64Array
  admitted: Float64Array
  turnedAway: number
}

export interface GateFront {
  readonly port: number
  /** Starts the fault; `spared` connections, by the client's port, belong to the control group. The time it began. */
  cut(fault: Fault, settings: FaultSettings, spared: readonly number[]): Promise<number>
  /** Ends the fault; the time from which new connections are served. */
  restore(): Promise<number>
  log(): GateLog
  stop(): Promise<void>
}

const DRAIN_TICK_MS = 100
// A limit of the kernel applies besides (net.core.somaxconn).
const LISTEN_BACKLOG = 4096
const LOG_MAX = 2_000_000

export async function openGate(options: GateOptions): Promise<GateFront> {
  const open = new Map<number, GateConnection>()
  const random = seededRandom(options.seed)
  const accepted: number[] = []
  const admitted: number[] = []
  let turnedAway = 0
  let admission = createAdmission(null, 0)
  let current: { fault: Fault; settings: FaultSettings } | undefined
  let blackHole: BlackHole | undefined
  let draining: NodeJS.Timeout | undefined

  function admit(connection: GateConnection) {
    const entered = admission.request(() => {
      if (admitted.length < LOG_MAX) admitted.push(now())
      connection.relay()
    })
    if (entered) return
    turnedAway += 1
    connection.reset()
  }

  const server = createServer({ noDelay: true, allowHalfOpen: true }, (client: Socket) => {
    if (accepted.length < LOG_MAX) accepted.push(now())
    // A whole herd can be turned away in one turn of the loop: nothing is set up for those.
    if (!current && admission.isFull()) {
      turnedAway += 1
      client.on('error', () => {})
      client.resetAndDestroy()
      return
    }
    const from = client.remotePort ?? 0
    const connection = gateConnection(client, options.target, () => open.delete(from))
    open.set(from, connection)
    const met = current?.fault.arrive?.(connection, current.settings, random) ?? 'admit'
    if (met === 'admit') admit(connection)
  })
  const port = await listen(server, options.port, options.host)

  function cutOpen(fault: Fault, settings: FaultSettings, spared: ReadonlySet<number>) {
    if (fault.cut === 'none') return
    const meets = fault.cut ?? ((connection: GateConnection) => connection.reset())
    const toCut = [...open].filter(([from]) => !spared.has(from)).map(([, connection]) => connection)
    if (!fault.cutShare) {
      for (const connection of toCut) meets(connection, settings)
      return
    }
    const perTick = (fault.cutShare(settings) * toCut.length * DRAIN_TICK_MS) / 1000
    let due = 0
    draining = setInterval(() => {
      due += perTick
      for (; due >= 1 && toCut.length > 0; due -= 1) meets(toCut.pop()!, settings)
      if (toCut.length === 0) clearInterval(draining)
    }, DRAIN_TICK_MS)
  }

  return {
    port,
    async cut(fault, settings, spared) {
      current = { fault, settings }
      if (fault.listener !== 'open') server.close()
      // Opening it takes tens of ms, in which nobody must find the port closed: nobody knows of the fault until then.
      if (fault.listener === 'black-hole') blackHole = await openBlackHole(port, options.host)
      const at = now()
      cutOpen(fault, settings, new Set(spared))
      return at
    },
    async restore() {
      const closed = current !== undefined && current.fault.listener !== 'open'
      current = undefined
      admission.stop()
      admission = createAdmission(options.capacity, options.backlog)
      await blackHole?.stop()
      blackHole = undefined
      if (closed) await listen(server, port, options.host)
      return now()
    },
    log: () => ({ accepted: Float64Array.from(accepted), admitted: Float64Array.from(admitted), turnedAway }),
    async stop() {
      clearInterval(draining)
      admission.stop()
      await blackHole?.stop()
      server.close()
      for (const connection of open.values()) connection.reset()
    },
  }
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host, backlog: LISTEN_BACKLOG }, () => {
      server.off('error', reject)
      resolve((server.address() as { port: number }).port)
    })
  })
}

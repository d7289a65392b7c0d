// The gate: a TCP front before the target that plays a fault, then lets clients back in at the rate of its capacity.
import type { Socket } from 'node:net'
import type { Fault, FaultSettings } from './fault.ts'
import { now } from '../world/clock.ts'
import { seededRandom } from '../world/random.ts'
import type { BlackHole } from './black-hole.ts'
import { openBlackHole } from './black-hole.ts'
import { createAdmission } from './gate-admission.ts'
import type { GateConnection, GateTarget } from './gate-connection.ts'
import { gateConnection } from './gate-connection.ts'
import { openDoor } from './gate-door.ts'

export interface GateOptions {
  target: GateTarget
  host: string
  /** Admissions per second from the restore on; null: no limit. */
  capacity: number | null
  backlog: number
  seed: number
}

/** Times on the machine's monotonic clock. */
export interface GateLog {
  /** Connections that were let in or met the fault, and the client's port of each. */
  accepted: Float64Array
  ports: Uint16Array
  admitted: Float64Array
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
const LOG_MAX = 2_000_000
// A door that opened for each single place of the backlog would do nothing else.
const REOPEN_AFTER_MS = 10

const ignore = () => {}

export async function openGate(options: GateOptions): Promise<GateFront> {
  const open = new Set<GateConnection>()
  const waiting = new Set<Socket>()
  const random = seededRandom(options.seed)
  const accepted: number[] = []
  const ports: number[] = []
  const admitted: number[] = []
  let admission = createAdmission(null, 0)
  let current: { fault: Fault; settings: FaultSettings } | undefined
  let blackHole: BlackHole | undefined
  let draining: NodeJS.Timeout | undefined
  let reopening: NodeJS.Timeout | undefined

  function serve(client: Socket): GateConnection {
    const connection = gateConnection(client, options.target, () => open.delete(connection))
    open.add(connection)
    return connection
  }

  function relay(connection: GateConnection) {
    if (admitted.length < LOG_MAX) admitted.push(now())
    connection.relay()
  }

  function arrive(client: Socket) {
    if (accepted.length < LOG_MAX) {
      accepted.push(now())
      ports.push(client.remotePort ?? 0)
    }
    const met = current?.fault.arrive
    if (met) {
      const connection = serve(client)
      if (met(connection, current!.settings, random) === 'admit') relay(connection)
      return
    }
    // Nothing more is set up for those that wait, so that a wave is accepted fast.
    client.on('error', ignore)
    waiting.add(client)
    const entered = admission.request(() => {
      waiting.delete(client)
      relay(serve(client))
    })
    if (!entered) client.resetAndDestroy()
    else if (admission.isFull()) shutUntilRoom()
  }

  // Whoever comes to a full backlog is turned away; the kernel does that for us, so that a wave of thousands does not
  // wait for this process to refuse them one by one.
  function shutUntilRoom() {
    door.shut()
    const waitMs = Math.max(0, admission.roomAt() - now()) + REOPEN_AFTER_MS
    clearTimeout(reopening)
    reopening = setTimeout(() => void door.open(), waitMs)
  }

  const door = await openDoor(options.host, client => {
    // Those that the kernel had queued when the backlog became full are turned away.
    if (current || !admission.isFull()) return arrive(client)
    client.on('error', ignore)
    client.resetAndDestroy()
  })

  function cutOpen(fault: Fault, settings: FaultSettings, spared: ReadonlySet<number>) {
    if (fault.cut === 'none') return
    const meets = fault.cut ?? ((connection: GateConnection) => connection.reset())
    const toCut = [...open].filter(({ from }) => !spared.has(from))
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
    port: door.port,
    async cut(fault, settings, spared) {
      current = { fault, settings }
      clearTimeout(reopening)
      if (fault.listener === 'open') await door.open()
      else door.shut()
      // Opening it takes tens of ms, in which nobody must find the port closed: nobody knows of the fault until then.
      if (fault.listener === 'black-hole') blackHole = await openBlackHole(door.port, options.host)
      const at = now()
      cutOpen(fault, settings, new Set(spared))
      return at
    },
    async restore() {
      current = undefined
      admission.stop()
      admission = createAdmission(options.capacity, options.backlog)
      await blackHole?.stop()
      blackHole = undefined
      await door.open()
      return now()
    },
    log: () => ({
      accepted: Float64Array.from(accepted),
      ports: Uint16Array.from(ports),
      admitted: Float64Array.from(admitted),
    }),
    async stop() {
      clearInterval(draining)
      clearTimeout(reopening)
      admission.stop()
      await blackHole?.stop()
      door.shut()
      for (const connection of open) connection.reset()
      for (const client of waiting) client.resetAndDestroy()
    },
  }
}

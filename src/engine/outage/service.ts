// How the service goes down and comes back: the gate in front of it, or the user's own commands.
import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { connect } from 'node:net'
import { UsageError } from '../../config/errors.ts'
import type { OutageConfig } from '../../config/outage-config.ts'
import { describeTarget } from '../../wire/dial.ts'
import { failureOf } from '../../wire/failure.ts'
import type { GateLog } from '../../wire/gate-front.ts'
import { spawnGate } from '../../wire/gate.ts'
import type { Route } from '../../wire/route.ts'
import { now } from '../../world/clock.ts'
import { splitSeed } from '../../world/random.ts'
import { shareOf } from '../worker/plan.ts'
import { joined } from './growing-list.ts'
import type { ChosenFault } from './units.ts'

/** Times are ms on the monotonic clock. */
export interface Service {
  /** Where clients connect instead of the target, each worker to one of them; empty: to the target itself. */
  connectTo: { host: string; port: number }[]
  /** The ports at which that server is reached as the target is, until the cut. */
  rehearse(server: { host: string; port: number }): Promise<number[]>
  cut(sparedPorts: readonly number[]): Promise<number>
  /** From then on new connections are served. Null: it did not come back before the deadline. */
  restore(deadlineMs: number): Promise<number | null>
  log(): Promise<GateLog | null>
  stop(): Promise<void>
}

const GATE_HOST = '127.0.0.1'
const PROBE_EVERY_MS = 10
const END_TIMEOUT_MS = 3000

/** Each gate has its share of the capacity and of the backlog. */
export async function gatedService(
  config: OutageConfig,
  chosen: ChosenFault,
  route: Route,
  count: number,
): Promise<Service> {
  const { host, port, unixSocket } = route.dial
  if (unixSocket !== null)
    throw new UsageError('--unix-socket has no port for the fault gate: use --down-cmd', 'unix-socket')
  const capacity = config.capacity === null ? null : config.capacity / count
  const gates = await Promise.all(
    Array.from({ length: count }, (_, index) =>
      spawnGate({
        target: { host, port },
        host: GATE_HOST,
        capacity,
        backlog: shareOf(config.backlog, index, count),
        seed: splitSeed(config.seed, index),
      }),
    ),
  )
  return {
    connectTo: gates.map(gate => ({ host: GATE_HOST, port: gate.port })),
    rehearse: server => Promise.all(gates.map(gate => gate.rehearse(server))),
    cut: async spared =>
      Math.min(...(await Promise.all(gates.map(gate => gate.cut(chosen.file, chosen.settings, spared))))),
    restore: async () => Math.max(...(await Promise.all(gates.map(gate => gate.restore())))),
    log: async () => joinLogs(await Promise.all(gates.map(gate => gate.log()))),
    async stop() {
      await Promise.all(gates.map(gate => gate.stop()))
    },
  }
}

function joinLogs(logs: readonly GateLog[]): GateLog {
  const accepts = logs
    .flatMap(({ accepted, ports }) => Array.from(accepted, (at, index) => ({ at, port: ports[index]! })))
    .sort((a, b) => a.at - b.at)
  return {
    accepted: Float64Array.from(accepts, ({ at }) => at),
    ports: Uint16Array.from(accepts, ({ port }) => port),
    admitted: joined(logs.map(({ admitted }) => admitted)).sort(),
  }
}

/** The shell and its children in a group of their own, so that all of them can be ended. */
function shell(command: string): ChildProcess {
  return spawn('/bin/sh', ['-c', command], { stdio: ['ignore', 'ignore', 'inherit'], detached: true })
}

const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise(resolve => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode)
    child.once('exit', code => resolve(code))
    child.once('error', () => resolve(null))
  })

export function commandedService(commands: { down: string; up: string }, route: Route): Service {
  const started: ChildProcess[] = []
  return {
    connectTo: [],
    rehearse: async ({ port }) => [port],
    async cut() {
      const startedAt = now()
      const code = await ended(shell(commands.down))
      if (code !== 0) throw new UsageError(`--down-cmd ended with exit code ${code}: ${commands.down}`, 'down-cmd')
      return startedAt
    },
    async restore(deadlineMs) {
      started.push(shell(commands.up))
      while (now() < deadlineMs) {
        if ((await whyRefused(route)) === null) return now()
        await new Promise(resolve => setTimeout(resolve, PROBE_EVERY_MS))
      }
      return null
    },
    log: async () => null,
    async stop() {
      await Promise.all(started.map(endGroup))
    },
  }
}

/** Why the target itself takes no connection, in words; null where it does. */
export function whyRefused(route: Route): Promise<string | null> {
  const { host, port, unixSocket } = route.dial
  return new Promise(resolve => {
    const socket = unixSocket === null ? connect({ host, port }) : connect(unixSocket)
    socket.once('connect', () => {
      socket.destroy()
      resolve(null)
    })
    socket.once('error', error => resolve(failureOf(error, describeTarget(route.dial)).text))
  })
}

// A shell ends before what it started does: the whole group has to be gone. A server that a command put into the
// background in a group of its own may stay.
async function endGroup(child: ChildProcess): Promise<void> {
  if (child.pid === undefined) return
  const signal = (name: NodeJS.Signals | 0): boolean => {
    try {
      return process.kill(-child.pid!, name)
    } catch {
      return false
    }
  }
  const deadlineMs = now() + END_TIMEOUT_MS
  if (!signal('SIGTERM')) return
  while (signal(0) && now() < deadlineMs) await new Promise(resolve => setTimeout(resolve, PROBE_EVERY_MS))
  signal('SIGKILL')
}

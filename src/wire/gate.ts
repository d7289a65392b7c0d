import type { ChildProcess } from 'node:child_process'
import { fork } from 'node:child_process'
import path from 'node:path'
import { WAVE_FLAGS } from './engine-flags.ts'
import type { FaultSettings } from './fault.ts'
import type { GateTarget } from './gate-connection.ts'
import type { GateOrder, GateReply } from './gate-child.ts'
import type { GateLog, GateOptions } from './gate-front.ts'

/** A gate in a process of its own. */
export interface Gate {
  readonly port: number
  /** The port of another gate of that process, before this target, until the next order: to rehearse with. */
  rehearse(target: GateTarget): Promise<number>
  /** Starts the fault of that unit file; the time at which it began. */
  cut(file: string, settings: FaultSettings, spared: readonly number[]): Promise<number>
  restore(): Promise<number>
  log(): Promise<GateLog>
  stop(): Promise<void>
}

type Body<Order> = Order extends GateOrder ? Omit<Order, 'id'> : never

const STOP_TIMEOUT_MS = 4000
function orders(child: ChildProcess) {
  const pending = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  let lastId = 0
  child.on('message', (reply: GateReply) => {
    const asked = pending.get(reply.id)
    pending.delete(reply.id)
    if ('error' in reply) asked?.reject(new Error(reply.error))
    else asked?.resolve(reply.value)
  })
  child.on('exit', code => {
    for (const { reject } of pending.values()) reject(new Error(`the fault gate ended with exit code ${code}`))
    pending.clear()
  })
  return (order: Body<GateOrder>) =>
    new Promise<unknown>((resolve, reject) => {
      if (!child.connected) return reject(new Error('the fault gate is gone'))
      const id = ++lastId
      pending.set(id, { resolve, reject })
      child.send({ ...order, id })
    })
}

/** Opens a gate before the target, in a child process that ends with this one. */
export async function spawnGate(options: GateOptions): Promise<Gate> {
  const file = path.join(import.meta.dirname, `gate-child${path.extname(import.meta.filename)}`)
  const child = fork(file, {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: WAVE_FLAGS,
    serialization: 'advanced',
  })
  const order = orders(child)
  const port = (await order({ kind: 'open', options })) as number
  return {
    port,
    rehearse: target => order({ kind: 'rehearse', target }) as Promise<number>,
    cut: (file, settings, spared) => order({ kind: 'cut', file, settings, spared: [...spared] }) as Promise<number>,
    restore: () => order({ kind: 'restore' }) as Promise<number>,
    log: () => order({ kind: 'log' }) as Promise<GateLog>,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = new Promise(resolve => child.once('exit', resolve))
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS)
      order({ kind: 'stop' }).catch(() => {})
      await gone
      clearTimeout(timer)
    },
  }
}

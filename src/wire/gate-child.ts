// The process of a gate: told over IPC what to do, so that it shares no event loop with the load.
import type { Fault, FaultSettings } from './fault.ts'
import { loadUnit } from '../world/units.ts'
import type { GateTarget } from './gate-connection.ts'
import type { GateFront, GateOptions } from './gate-front.ts'
import { openGate } from './gate-front.ts'

export type GateOrder =
  | { id: number; kind: 'open'; options: GateOptions }
  | { id: number; kind: 'rehearse'; target: GateTarget }
  | { id: number; kind: 'cut'; file: string; settings: FaultSettings; spared: number[] }
  | { id: number; kind: 'restore' }
  | { id: number; kind: 'log' }
  | { id: number; kind: 'stop' }

export type GateReply = { id: number; value: unknown } | { id: number; error: string }

// The stack of a reset connection tells nobody anything.
Error.stackTraceLimit = 0

// What a rehearsal may wait for: less than its clients come with, so that it meets a full one too.
const REHEARSED_CAPACITY = 1000
const REHEARSED_BACKLOG = 32

let gate: GateFront | undefined
let rehearsed: GateFront | undefined

async function obey(order: GateOrder): Promise<unknown> {
  if (order.kind === 'open') {
    gate = await openGate(order.options)
    return gate.port
  }
  if (order.kind === 'rehearse') return rehearse(order.target)
  await rehearsed?.stop()
  rehearsed = undefined
  if (!gate) throw new Error('the gate is not open')
  if (order.kind === 'cut') {
    const fault = await loadUnit<Fault>({ id: order.file, file: order.file })
    return gate.cut(fault, order.settings, order.spared)
  }
  if (order.kind === 'restore') return gate.restore()
  if (order.kind === 'log') return gate.log()
  return gate.stop()
}

/** Another gate, for the same code to be compiled before it counts. Any later order closes it. */
async function rehearse(target: GateTarget): Promise<number> {
  const options = { target, host: target.host, capacity: REHEARSED_CAPACITY, backlog: REHEARSED_BACKLOG, seed: 0 }
  rehearsed = await openGate(options)
  await rehearsed.restore()
  return rehearsed.port
}

process.on('message', (order: GateOrder) => {
  void obey(order)
    .then(
      (value): GateReply => ({ id: order.id, value }),
      (error: Error): GateReply => ({ id: order.id, error: error.message }),
    )
    .then(reply => process.send?.(reply, undefined, undefined, () => order.kind === 'stop' && process.exit()))
})
// Without its parent nobody needs the gate; signals of a terminal are the parent's business.
process.on('disconnect', () => process.exit())
process.on('SIGINT', () => {})

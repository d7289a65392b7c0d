// The process of a gate: told over IPC what to do, so that it shares no event loop with the load.
import type { Fault, FaultSettings } from './fault.ts'
import { loadUnit } from '../world/units.ts'
import type { GateFront, GateOptions } from './gate-front.ts'
import { openGate } from './gate-front.ts'

export type GateOrder =
  | { id: number; kind: 'open'; options: GateOptions }
  | { id: number; kind: 'cut'; file: string; settings: FaultSettings; spared: number[] }
  | { id: number; kind: 'restore' }
  | { id: number; kind: 'log' }
  | { id: number; kind: 'stop' }

export type GateReply = { id: number; value: unknown } | { id: number; error: string }

// The stack of a reset connection tells nobody anything.
Error.stackTraceLimit = 0

let gate: GateFront | undefined

async function obey(order: GateOrder): Promise<unknown> {
  if (order.kind === 'open') {
    gate = await openGate(order.options)
    return gate.port
  }
  if (!gate) throw new Error('the gate is not open')
  if (order.kind === 'cut') {
    const fault = await loadUnit<Fault>({ id: order.file, file: order.file })
    return gate.cut(fault, order.settings, order.spared)
  }
  if (order.kind === 'restore') return gate.restore()
  if (order.kind === 'log') return gate.log()
  return gate.stop()
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

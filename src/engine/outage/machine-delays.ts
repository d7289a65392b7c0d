// What the machine of a run added to the schedule of its policy.
import type { GateLog } from '../../wire/gate-front.ts'
import { joined } from './growing-list.ts'
import type { HerdWorkerResult } from './worker-plan.ts'

/** Each ascending, ms. */
export interface Delays {
  /** From the schedule of an attempt to its issue: of those due before the service was back, and of those after. */
  issueLagMs: { down: Float64Array; restored: Float64Array }
  /** From the issue of an attempt that opened until the gate accepted it. */
  acceptLagMs: Float64Array
}

/**
 * From issue to accept, of each attempt that opened: the gate's first accept of a connection from its port since then.
 * Who came behind them in the kernel's queue and was turned away waited no longer.
 */
export function acceptLags(results: readonly HerdWorkerResult[], { accepted, ports }: GateLog): Float64Array {
  const acceptsOf = new Map<number, number[]>()
  for (const [index, port] of ports.entries()) {
    const times = acceptsOf.get(port)
    if (times) times.push(accepted[index]!)
    else acceptsOf.set(port, [accepted[index]!])
  }
  const lags: number[] = []
  for (const { openedFromPort, openedIssuedAt } of results)
    for (const [index, issuedAt] of openedIssuedAt.entries()) {
      const acceptedAt = acceptsOf.get(openedFromPort[index]!)?.find(at => at >= issuedAt)
      if (acceptedAt !== undefined) lags.push(acceptedAt - issuedAt)
    }
  return Float64Array.from(lags)
}

function issueLags(results: readonly HerdWorkerResult[], isIn: (dueMs: number) => boolean): Float64Array {
  return joined(
    results.map(({ attempts, issueLagMs }) => issueLagMs.filter((lagMs, index) => isIn(attempts[index]! - lagMs))),
  ).sort()
}

export function delaysOf(results: readonly HerdWorkerResult[], log: GateLog | null, restoredAt: number): Delays {
  return {
    issueLagMs: {
      down: issueLags(results, dueMs => dueMs < restoredAt),
      restored: issueLags(results, dueMs => dueMs >= restoredAt),
    },
    acceptLagMs: log === null ? new Float64Array() : acceptLags(results, log).sort(),
  }
}

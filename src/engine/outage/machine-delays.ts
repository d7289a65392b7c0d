// What the machine of a run added to the schedule of its policy, so that a prediction can add the same.
import type { GateLog } from '../../wire/gate-front.ts'
import type { Delays, PhaseDelays } from './predict.ts'
import type { HerdWorkerResult } from './worker-plan.ts'

function pick(results: readonly HerdWorkerResult[], isIn: (atMs: number) => boolean): PhaseDelays {
  const issueLagMs: number[] = []
  const failedAfterMs: number[] = []
  for (const result of results) {
    for (const [index, lagMs] of result.issueLagMs.entries())
      if (isIn(result.attempts[index]! - lagMs)) issueLagMs.push(lagMs)
    for (const [index, tookMs] of result.failedAfterMs.entries())
      if (isIn(result.failedIssuedAt[index]!)) failedAfterMs.push(tookMs)
  }
  return { issueLagMs: Float64Array.from(issueLagMs), failedAfterMs: Float64Array.from(failedAfterMs) }
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

export function delaysOf(results: readonly HerdWorkerResult[], log: GateLog | null, restoredAt: number): Delays {
  return {
    down: pick(results, atMs => atMs < restoredAt),
    restored: pick(results, atMs => atMs >= restoredAt),
    acceptLagMs: log === null ? new Float64Array() : acceptLags(results, log),
  }
}

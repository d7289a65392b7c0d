// What the machine of a run added to the schedule of its policy, so that a prediction can add the same.
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

/** From issue to accept, in order: the last accept belongs to the last attempt, and so on back to the restore. */
export function acceptLags(
  attempts: readonly Float64Array[],
  accepted: Float64Array,
  restoredAt: number,
): Float64Array {
  const issued = Float64Array.from(attempts.flatMap(part => Array.from(part))).sort()
  const after = accepted.filter(at => at >= restoredAt)
  const count = Math.min(after.length, issued.length)
  return after.slice(after.length - count).map((at, index) => Math.max(0, at - issued[issued.length - count + index]!))
}

export function delaysOf(results: readonly HerdWorkerResult[], accepted: Float64Array, restoredAt: number): Delays {
  return {
    down: pick(results, atMs => atMs < restoredAt),
    restored: pick(results, atMs => atMs >= restoredAt),
    acceptLagMs: acceptLags(
      results.map(({ attempts }) => attempts),
      accepted,
      restoredAt,
    ),
  }
}

import type { End, Resume } from '../../transports/transport.ts'
import type { WorkerPlan } from './plan.ts'

// What Chromium and the eventsource package wait before they reconnect, unless `retry:` says otherwise.
const EVENTSOURCE_MS = 3000

/**
 * When a client of a load run comes back after its connection ended; null: never. An event stream follows EventSource:
 * again after `retry:` ms, but for good away after an answer that is no stream (HTML §9.2.3). The others stay away, so
 * that every drop shows.
 */
export function retryRule(
  plan: WorkerPlan,
): (failures: number, end: End, resume: Resume, index: number) => number | null {
  if (plan.transport !== 'sse') return () => null
  return (failures, end, resume) => {
    // A target that was never reached is reported, not waited for.
    if (end.final || failures > 0) return null
    return resume.retryMs ?? EVENTSOURCE_MS
  }
}

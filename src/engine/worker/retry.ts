import type { End, Resume } from '../../transports/transport.ts'
import { seededRandom, splitSeed } from '../../world/random.ts'
import { type Client, decide, startClient } from '../outage/client.ts'
import { resolvePlan } from '../outage/plan.ts'
import type { ConnectionLife } from './opener-options.ts'
import type { WorkerPlan } from './plan.ts'

export type RetryRule = (index: number, end: End, life: ConnectionLife, resume: Resume) => number | null

/**
 * When a client of a load run comes back after its connection ended; null: never. With --reconnect by that policy.
 * Without it an event stream follows EventSource once it was established, and the others stay away, so that every drop
 * shows.
 */
export async function retryRule(plan: WorkerPlan): Promise<RetryRule> {
  const { reconnect } = plan.config
  if (reconnect === null && plan.transport !== 'sse') return () => null
  const policy = await resolvePlan(reconnect ?? 'eventsource-chromium')
  const clients = new Map<number, { client: Client; random: () => number }>()
  return (index, end, life, resume) => {
    // A target that was never reached is reported at once, unless a policy was asked for.
    if (reconnect === null && life.upMs === null) return null
    let entry = clients.get(index)
    if (entry === undefined) {
      const random = seededRandom(splitSeed(plan.seed, index))
      entry = { client: startClient(policy, random), random }
      clients.set(index, entry)
    }
    if (resume.retryMs !== null) entry.client.retryMs = resume.retryMs
    const delay = decide(policy, entry.client, endingOf(end, life), entry.random)
    return typeof delay === 'number' ? delay : null
  }
}

function endingOf(end: End, life: ConnectionLife): Parameters<typeof decide>[2] {
  return {
    sinceAttemptMs: life.sinceAttemptMs,
    clean: end.clean,
    ...(life.upMs !== null && { upMs: life.upMs }),
    ...(end.status !== null && { status: end.status }),
    ...(end.closeCode !== null && { closeCode: end.closeCode }),
    ...(end.retryAfterMs !== null && { retryAfterMs: end.retryAfterMs }),
  }
}

import { UsageError } from '../config/errors.ts'

/** Refuses a policy that does not exist before anything runs. */
export async function checkReconnect(spec: string | null): Promise<void> {
  if (spec === null) return
  const { resolvePlan } = await import('../engine/outage/plan.ts')
  try {
    await resolvePlan(spec)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    throw new UsageError(error.message.replaceAll('--policy', '--reconnect'), 'reconnect')
  }
}

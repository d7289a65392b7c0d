import type { Overlay } from '../../overlays/overlay.ts'
import type { Ending, GiveUp, Random, ReconnectPolicy, Reset, Seen, Settings } from '../../reconnect/policy.ts'

/** A policy with the settings and overlays that one run gives it. */
export interface Plan {
  /** As the user wrote it, e.g. `phoenix+stable`. */
  id: string
  policy: ReconnectPolicy
  settings: Settings
  overlays: readonly Overlay[]
}

/** What one client remembers between its tries. */
export interface Client {
  retry: number
  failures: number
  previousMs: number
  drawn: number
  outageMs: number
  retryMs: number | undefined
  holdsMs: number[]
}

export function startClient(plan: Plan, random: Random): Client {
  const drawn = plan.policy.draw?.(plan.settings, random) ?? 0
  return {
    retry: 0,
    failures: 0,
    previousMs: 0,
    drawn,
    outageMs: 0,
    retryMs: undefined,
    holdsMs: plan.overlays.map(() => 0),
  }
}

function isReset(reset: Reset, ending: Ending): boolean {
  if (ending.upMs === undefined || reset === 'never') return false
  if (reset === 'open') return true
  if (reset === 'message') return ending.greeted === true
  return ending.upMs >= reset.upMs
}

/** After each end of a connection or attempt: the wait until the next attempt, or why there is none. */
export function decide(plan: Plan, client: Client, ending: Ending, random: Random): number | GiveUp {
  if (ending.upMs === undefined) {
    client.failures += 1
    client.outageMs += ending.sinceAttemptMs
  } else {
    client.failures = 0
    client.outageMs = 0
    client.holdsMs.fill(0)
  }
  const resets = plan.overlays.find(overlay => overlay.resets)?.resets ?? plan.policy.resets
  if (isReset(resets, ending)) {
    client.retry = 0
    client.previousMs = 0
  }
  const { retry, failures, previousMs, drawn, outageMs, retryMs } = client
  const seen: Seen = { retry, failures, previousMs, drawn, outageMs, retryMs, ending }
  const own = plan.policy.delay(seen, plan.settings, random)
  if (typeof own !== 'number') return own
  client.previousMs = own
  client.retry += 1
  const delayMs = withHolds(plan, client, seen, own, random)
  client.outageMs += delayMs
  return delayMs
}

function withHolds(plan: Plan, client: Client, seen: Seen, ownMs: number, random: Random): number {
  let delayMs = ownMs
  for (const [index, overlay] of plan.overlays.entries()) {
    if (!overlay.holdMs) continue
    const holdMs = overlay.holdMs(seen, client.holdsMs[index] ?? 0, random)
    client.holdsMs[index] = holdMs
    delayMs = overlay.combine === 'add' ? delayMs + holdMs : Math.max(delayMs, holdMs)
  }
  return delayMs
}

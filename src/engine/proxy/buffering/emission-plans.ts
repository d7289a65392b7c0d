import type { EmissionPlan } from '../origin/event-emitter.ts'

// Small: less than one page in all, at a pace that shows a timer. Large: enough octets to fill every usual buffer, at
// two paces, so that a constant size and a constant time are told apart within one stream.
const QUIET_MS = 1000
const TAIL_MS = 300

export const EMISSION_PLANS: Readonly<Record<'small' | 'large', EmissionPlan>> = {
  small: plan(58, 56, () => 100),
  large: plan(75, 1500, index => (index < 38 ? 95 : 65)),
}

function plan(count: number, bytes: number, gapMs: (index: number) => number): EmissionPlan {
  const atMs: number[] = []
  let at = QUIET_MS
  for (let index = 0; index < count; index += 1) {
    atMs.push(at)
    at += gapMs(index)
  }
  return { atMs, bytes, endMs: at + TAIL_MS }
}

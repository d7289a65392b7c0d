import type { Random, Reset, Seen } from '../reconnect/policy.ts'

/** Something laid over any policy: what a browser adds to it, or a remedy to be tried. */
export interface Overlay {
  title: string
  source: string
  /** Takes the place of the policy's own rule. */
  resets?: Reset
  /** A delay besides the policy's: `add` comes on top, `max` lets the longer of the two count. */
  combine?: 'add' | 'max'
  holdMs?(seen: Seen, previousHoldMs: number, random: Random): number
}

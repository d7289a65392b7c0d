// What is known about a hop between client and origin: how it gives itself away, what it does unless told otherwise, and
// the lines that mend what it breaks. One file for each; data only.

export const REMEDIES = [
  'buffering',
  'compression',
  'coalescing',
  'headers-held',
  'idle',
  'upgrade',
  'header-dropped',
  'cache',
  'slow-consumer',
] as const

export type RemedyKind = (typeof REMEDIES)[number]

export interface Fingerprint {
  /** A response header, in lower case. */
  header: string
  pattern: RegExp
}

export interface Recipe {
  title: string
  /** Any one of them names the hop; the first that matches is quoted. */
  fingerprints: readonly Fingerprint[]
  /** Coalescing of this period betrays it where no header does, ms. */
  coalescesMs?: readonly [from: number, to: number]
  /** What it does unless told otherwise, in sentences. */
  defaults: readonly string[]
  /** Its usual limits in seconds, to put a name to a timeout that was measured. */
  timeouts: readonly { seconds: number; what: string }[]
  remedies: Partial<Record<RemedyKind, readonly string[]>>
  /** Where the facts are from. */
  source: string
  /** `tested`: its remedies are applied to the real program in rtbench's tests. `documented`: taken from the source. */
  basis: 'tested' | 'documented'
}

// The ways a connection can be quiet. The twins that keep talking tell an idle timeout from a lifetime, and show what
// counts as talking.

export const IDLE_CASES = [
  { transport: 'ws', traffic: 'none' },
  { transport: 'ws', traffic: 'both' },
  { transport: 'ws', traffic: 'client-data' },
  { transport: 'ws', traffic: 'origin-data' },
  { transport: 'ws', traffic: 'client-ping' },
  { transport: 'ws', traffic: 'origin-ping' },
  { transport: 'sse', traffic: 'none' },
  { transport: 'sse', traffic: 'origin-data' },
  { transport: 'sse', traffic: 'origin-comment' },
  { transport: 'poll', traffic: 'none' },
] as const

export type IdleCase = (typeof IDLE_CASES)[number]

/** How often a twin talks: below any timeout that makes sense. */
export const BEAT_MS = 1000

export interface IdleOutcome {
  case: IdleCase
  /** From the last octet (or the opening) to the first end that either side saw; null: still open. */
  endedAfterMs: number | null
  /** How long it was looked at. */
  watchedMs: number
  /** What the client saw: FIN, RST, an answer, a Close frame; empty where it is still open. */
  how: string
  /** Why there was nothing to watch; null: there was. */
  notOpen: string | null
  /** Of the response head, from which the hop may be named. */
  headers: [string, string][]
}

/** Silences after which it is tried whether anything still passes: around the usual limits, and every second below 30. */
export function silencesMs(maxMs: number): number[] {
  const usual = [20, 29, 31, 50, 56, 59, 61, 90, 101, 121, 181, 241, 301, 351, 401, 601]
  const fine = Array.from({ length: 30 }, (_, index) => index + 1)
  return [...new Set([...fine, ...usual])]
    .sort((a, b) => a - b)
    .map(seconds => seconds * 1000)
    .filter(ms => ms <= maxMs)
}

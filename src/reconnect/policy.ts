/** Uniform in [0, 1). Each client draws from a stream of its own, so that a herd repeats from its seed. */
export type Random = () => number

export type Settings = Readonly<Record<string, number | readonly number[]>>

/**
 * What sets the retry counter back to zero: an open connection (101, or the head of a stream), the first message on it
 * (a library's own greeting), or a connection that stayed up for so long. `never`: the policy does not count.
 */
export type Reset = 'never' | 'open' | 'message' | { upMs: number }

/** Why a client stops for good: its retries ran out, an HTTP status, a close code, or an orderly end of the stream. */
export type GiveUp = 'exhausted' | 'http-status' | 'close-code' | 'clean-end'

/** How one connection, or one attempt at it, came to an end. */
export interface Ending {
  /** How long the connection was open. Absent: the attempt failed. */
  upMs?: number
  /** A first message had come. */
  greeted?: boolean
  /** From the start of this attempt, or of the attempt that opened this connection, until its end. */
  sinceAttemptMs: number
  /** The HTTP status answered instead of a connection. */
  status?: number
  closeCode?: number
  /** The peer ended the response body in order: the last chunk, or all of Content-Length. */
  clean?: boolean
  retryAfterMs?: number
}

/** What a policy may look at when it draws the next delay. */
export interface Seen {
  /** Retries since the counter was last set back; 0 is the first. */
  retry: number
  /** Failed attempts since the last open connection; 0 means that an open one was just lost. */
  failures: number
  /** The delay drawn before; 0 at first. */
  previousMs: number
  /** What `draw` gave for this client at its start. */
  drawn: number
  /** Since the last open connection was lost. */
  outageMs: number
  /** The last SSE `retry:` this client received on any connection. */
  retryMs: number | undefined
  ending: Ending
}

/** When a client tries again. Pure: the same look and the same random stream give the same delay. */
export interface ReconnectPolicy<S extends Settings = Settings> {
  title: string
  /** Library and version that the formula was read from. */
  library: string
  /** Where in that library, or which document. */
  source: string
  /** The delay in ms before retry n (n = 0 is the first), U uniform in [0, 1). */
  formula: string
  settings: S
  resets: Reset
  /** A value that each client draws once and keeps. */
  draw?(settings: S, random: Random): number
  /** Milliseconds from the end to the next attempt. */
  delay(seen: Seen, settings: S, random: Random): number | GiveUp
}

/** Keeps the names of a policy's own settings known to its formula. */
export function definePolicy<S extends Settings>(policy: ReconnectPolicy<S>): ReconnectPolicy<S> {
  return policy
}

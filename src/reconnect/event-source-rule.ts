import type { Ending, GiveUp } from './policy.ts'

/**
 * HTML §9.2.3: an EventSource tries again only after a network error or the end of the stream. An answer that is no event
 * stream, by its status or its Content-Type, fails it for good: a proxy that answers 502 while its server restarts ends
 * every client behind it.
 */
export function failsForGood(ending: Ending): GiveUp | undefined {
  return ending.status === undefined ? undefined : 'http-status'
}

import type { Ending, GiveUp } from './policy.ts'

/**
 * HTML §9.2.3: an EventSource tries again only after a network error or the end of the stream. A status other than 200
 * fails it for good, so a proxy that answers 502 while its server restarts ends every client behind it.
 */
export function failsForGood(ending: Ending): GiveUp | undefined {
  return ending.status === undefined || ending.status === 200 ? undefined : 'http-status'
}

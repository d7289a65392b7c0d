import type { Ending } from '../../reconnect/policy.ts'
import type { End } from '../../transports/transport.ts'

/** What a policy may know of the end of a connection or attempt. `upMs`: how long it was open; undefined: never. */
export function endingOf(end: End, sinceAttemptMs: number, upMs: number | undefined, greeted: boolean): Ending {
  return {
    sinceAttemptMs,
    ...(upMs !== undefined && { upMs, greeted, clean: end.clean }),
    ...(end.closeCode !== null && { closeCode: end.closeCode }),
    ...(end.status !== null && { status: end.status }),
    ...(end.retryAfterMs !== null && { retryAfterMs: end.retryAfterMs }),
  }
}

import { wall, wallOf } from '../world/clock.ts'
import type { Recorder } from './recorder.ts'

/** Date has whole seconds (RFC 9110 §6.6.1), and servers renew it once a second. */
const DATE_MS = 2000
/** Timestamps of one clock may be this much ahead: it is read in two processes, in whole ms. */
const RESOLUTION_MS = 2

/** Finds out that a target has another clock than this machine, from what cannot be if it is the same one. */
export interface ClockWatch {
  /** The Date of an answer to what was requested then. */
  date(date: string | undefined, requestAt: number): void
  /** A message took so long from its timestamp to its arrival. */
  took(ms: number): void
}

/** Records `clock_ahead` and `clock_behind`: by how much the target's clock is so at least, beyond what is known of it. */
export function watchClock(recorder: Recorder, plusMinusMs: number): ClockWatch {
  return {
    date(date, requestAt) {
      const dateMs = Date.parse(date ?? '')
      if (Number.isNaN(dateMs)) return
      const aheadMs = dateMs - wall()
      const behindMs = wallOf(requestAt) - dateMs - DATE_MS
      if (aheadMs > RESOLUTION_MS) recorder.recordMs('clock_ahead', aheadMs)
      if (behindMs > RESOLUTION_MS) recorder.recordMs('clock_behind', behindMs)
    },
    took(ms) {
      if (ms < -RESOLUTION_MS - plusMinusMs) recorder.recordMs('clock_ahead', -ms)
    },
  }
}

import { now } from '../../world/clock.ts'
import type { TimerQueue } from '../../world/timer-queue.ts'

/** How long a wave is issued, in ms, before the loop looks at what met it: a later attempt is late by itself. */
const LONGEST_TURN_MS = 100

/**
 * Issues attempts when they are due, a whole wave in one turn of the loop: those that fail at once do not hold back those
 * that are still to be issued. `looksAway` tells that the loop will look at no socket until the wave is out; that is
 * in the phase of the timers, so that the same turn of the loop brings what met it.
 */
export function createIssueQueue<T>(timers: () => TimerQueue, issue: (client: T) => void, looksAway: () => void) {
  const due: T[] = []
  let next = 0
  let untilMs = 0

  function begin() {
    looksAway()
    untilMs = now() + LONGEST_TURN_MS
    issueNext()
  }

  // Node connects in the next tick: before the next attempt is issued, which has a later time.
  function issueNext() {
    issue(due[next++]!)
    if (next < due.length && now() < untilMs) return process.nextTick(issueNext)
    due.splice(0, next)
    next = 0
    if (due.length > 0) timers().at(now(), begin)
  }

  return {
    at(dueMs: number, client: T): void {
      timers().at(dueMs, () => {
        if (due.push(client) === 1) process.nextTick(begin)
      })
    },
  }
}

import type { TimerQueue } from '../../world/timer-queue.ts'

const ISSUED_PER_TURN = 16

/**
 * Issues attempts when they are due. Node connects in the next tick; with only a few in each turn of the loop an attempt
 * of a wave is really issued when it says so, and what met it is seen soon, not after the whole wave has been issued.
 */
export function createIssueQueue<T>(timers: () => TimerQueue, issue: (client: T) => void) {
  const due: T[] = []

  function issueSome() {
    for (const client of due.splice(0, ISSUED_PER_TURN)) issue(client)
    if (due.length > 0) setImmediate(issueSome)
  }

  return {
    at(dueMs: number, client: T): void {
      timers().at(dueMs, () => {
        if (due.push(client) === 1) setImmediate(issueSome)
      })
    },
  }
}

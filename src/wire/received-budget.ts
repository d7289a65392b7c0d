/** What the WebSocket connections of a run may keep of what they received, all together. */
export interface ReceivedBudget {
  /** False: there is no room for so many bytes more, and they must not be kept. */
  take(bytes: number): boolean
  give(bytes: number): void
}

// Four checks at a time ask honest servers for less than half of it.
const MOST_BYTES = 128 * 1024 * 1024

export function createReceivedBudget(mostBytes = MOST_BYTES): ReceivedBudget {
  let taken = 0
  return {
    take(bytes) {
      if (taken + bytes > mostBytes) return false
      taken += bytes
      return true
    },
    give(bytes) {
      taken -= bytes
    },
  }
}

/** What one check takes of it, given back at its end whatever became of its connections. */
export function shareOf(budget: ReceivedBudget): ReceivedBudget & { end(): void } {
  let own = 0
  let isOver = false
  return {
    take(bytes) {
      if (isOver || !budget.take(bytes)) return false
      own += bytes
      return true
    },
    give(bytes) {
      if (isOver) return
      own -= bytes
      budget.give(bytes)
    },
    end() {
      isOver = true
      budget.give(own)
      own = 0
    },
  }
}

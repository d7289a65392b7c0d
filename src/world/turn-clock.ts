import { now } from './clock.ts'

/**
 * The moment at which the loop began to hand over the events of its present turn. All of them had come by then: what is
 * late to be looked at because a thousand others are looked at first did not happen later.
 */
export function createTurnClock(): () => number {
  let at: number | null = null
  const forget = () => {
    at = null
  }
  return () => {
    if (at === null) {
      at = now()
      setImmediate(forget)
    }
    return at
  }
}

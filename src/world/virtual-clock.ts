import type { Clock } from './timer.ts'

interface Alarm {
  at: number
  run: () => void
}

/**
 * A clock for code that waits on nothing but promises and this clock: whenever everything else has come to rest, it
 * jumps to the next alarm, so that ten seconds of silence cost nothing.
 */
export function virtualClock(): Clock {
  let time = 0
  let turning = false
  const alarms: Alarm[] = []

  function turn(): void {
    turning = false
    const next = alarms.shift()
    if (next === undefined) return
    time = Math.max(time, next.at)
    next.run()
    turnLater()
  }

  // An immediate runs when the queue of microtasks is empty: nobody can go on without time passing.
  function turnLater(): void {
    if (turning || alarms.length === 0) return
    turning = true
    setImmediate(turn)
  }

  return {
    now: () => time,
    after(ms, run) {
      const alarm = { at: time + Math.max(0, ms), run }
      const place = alarms.findIndex(other => other.at > alarm.at)
      alarms.splice(place === -1 ? alarms.length : place, 0, alarm)
      turnLater()
      return () => {
        const index = alarms.indexOf(alarm)
        if (index >= 0) alarms.splice(index, 1)
      }
    },
  }
}

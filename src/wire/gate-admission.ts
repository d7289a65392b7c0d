import { now } from '../world/clock.ts'
import { createAdmissionSchedule } from './admission-schedule.ts'

/** Lets waiting connections in at a fixed rate. One more than the backlog holds is turned away. */
export interface Admission {
  /** False: the backlog is full. Otherwise `admit` runs when its turn has come. */
  request(admit: () => void): boolean
  /** Nobody would be let in now. */
  isFull(): boolean
  /** From when on somebody would be. */
  roomAt(): number
  stop(): void
}

const TICK_MS = 2
// libuv accepts one connection per turn of the loop. Serving those let in between two accepts would stretch a wave until
// it fits the capacity, so that nobody is ever turned away: while a wave comes in, they wait, but no longer than this.
const WAVE_PAUSE_MS = 4
const LONGEST_HOLD_MS = 250
// Whoever knocks meanwhile is heard after so many.
const ADMITTED_PER_TURN = 8

export function createAdmission(perSecond: number | null, backlog: number): Admission {
  const schedule = createAdmissionSchedule(perSecond, backlog)
  const waiting: { admit: () => void; at: number }[] = []
  let head = 0
  let askedAt = Number.NEGATIVE_INFINITY
  let timer: NodeJS.Timeout | undefined
  let releasing = false

  // A process that did not run for a while has its timers called first, before it sees who came meanwhile.
  function tick() {
    if (releasing) return
    releasing = true
    setImmediate(release)
  }

  function release() {
    releasing = false
    const time = now()
    const isWave = time - askedAt < WAVE_PAUSE_MS && head < waiting.length && time - waiting[head]!.at < LONGEST_HOLD_MS
    if (isWave) return
    for (let left = ADMITTED_PER_TURN; left > 0 && head < waiting.length && waiting[head]!.at <= time; left -= 1)
      waiting[head++]!.admit()
    if (head === waiting.length) {
      waiting.length = 0
      head = 0
      clearInterval(timer)
      timer = undefined
    } else if (waiting[head]!.at <= time) tick()
  }

  return {
    isFull() {
      askedAt = now()
      return schedule.isFull(askedAt)
    },
    roomAt: schedule.roomAt,
    request(admit) {
      if (perSecond === null) {
        admit()
        return true
      }
      askedAt = now()
      // By the schedule, not by the timer's ticks: a late tick must not make the backlog look longer.
      const at = schedule.admit(askedAt)
      if (at === null) return false
      waiting.push({ admit, at })
      timer ??= setInterval(tick, TICK_MS)
      return true
    },
    stop() {
      clearInterval(timer)
      waiting.length = 0
      head = 0
    },
  }
}

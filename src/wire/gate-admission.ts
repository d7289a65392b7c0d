import { now } from '../world/clock.ts'

/** Lets waiting connections in at a fixed rate. One more than the backlog holds is turned away. */
export interface Admission {
  /** False: the backlog is full. Otherwise `admit` runs when its turn has come. */
  request(admit: () => void): boolean
  /** Nobody would be let in now. */
  isFull(): boolean
  stop(): void
}

const TICK_MS = 2

export function createAdmission(perSecond: number | null, backlog: number): Admission {
  const waiting: { admit: () => void; at: number }[] = []
  let head = 0
  let freeAt = 0
  let timer: NodeJS.Timeout | undefined

  function release() {
    const time = now()
    while (head < waiting.length && waiting[head]!.at <= time) waiting[head++]!.admit()
    if (head === waiting.length) {
      waiting.length = 0
      head = 0
      clearInterval(timer)
      timer = undefined
    }
  }
  const isFull = () => perSecond !== null && (freeAt - now()) * (perSecond / 1000) >= backlog + 1

  return {
    isFull,
    request(admit) {
      if (perSecond === null) {
        admit()
        return true
      }
      // By the schedule, not by the timer's ticks: a late tick must not make the backlog look longer.
      if (isFull()) return false
      freeAt = Math.max(freeAt, now()) + 1000 / perSecond
      waiting.push({ admit, at: freeAt })
      timer ??= setInterval(release, TICK_MS)
      return true
    },
    stop: () => clearInterval(timer),
  }
}

// The mechanism of a server with a fixed admission rate and a bounded backlog: the gate plays it, a prediction computes it.

/** Times in ms on any one clock; they must not go backwards. */
export interface AdmissionSchedule {
  /** Who arrives now is turned away. */
  isFull(atMs: number): boolean
  /** From when on there is room again; in the past: there is now. */
  roomAt(): number
  /** When an arrival of this moment is let in; null: the backlog is full. */
  admit(atMs: number): number | null
}

const ROUNDING_MS = 1e-6

/** `perSecond` null: everybody is let in at once. */
export function createAdmissionSchedule(perSecond: number | null, backlog: number): AdmissionSchedule {
  const everyMs = perSecond === null ? 0 : 1000 / perSecond
  let freeAtMs = Number.NEGATIVE_INFINITY
  const roomAt = () => freeAtMs - backlog * everyMs
  const isFull = (atMs: number) => perSecond !== null && roomAt() > atMs + ROUNDING_MS
  return {
    isFull,
    roomAt,
    admit(atMs) {
      if (isFull(atMs)) return null
      freeAtMs = Math.max(freeAtMs, atMs) + everyMs
      return freeAtMs
    },
  }
}

// Follows the sequence numbers of one source as one receiver sees them.

/** What one sequence number turned out to be. */
export const Arrival = { inOrder: 0, reordered: 1, duplicate: 2 } as const
export type Arrival = (typeof Arrival)[keyof typeof Arrival]

// A hostile or very lossy peer must not make us remember without bound; older gaps are forgotten first, and a message
// that arrives for a forgotten gap counts as a duplicate.
const GAPS_MAX = 4096

export class SequenceAudit {
  /** One above the highest number seen. */
  next = 0
  /** The first one seen, where those before it may not have been meant for this receiver. */
  private first = 0
  // [low, high] pairs that were skipped and may still come, flat; null while nothing is missing.
  private gaps: number[] | null = null

  accept(sequence: number): Arrival {
    if (sequence === this.next) {
      this.next += 1
      return Arrival.inOrder
    }
    if (sequence > this.next) {
      if (this.next === 0) this.first = sequence
      this.gaps ??= []
      this.gaps.push(this.next, sequence - 1)
      if (this.gaps.length > 2 * GAPS_MAX) this.gaps.splice(0, 2)
      this.next = sequence + 1
      return Arrival.inOrder
    }
    return this.fill(sequence) ? Arrival.reordered : Arrival.duplicate
  }

  /** Sequence numbers that were skipped since the first one seen and have not come. */
  get missing(): number {
    const { gaps, first } = this
    if (gaps === null) return 0
    let sum = 0
    for (let i = 0; i < gaps.length; i += 2) if (gaps[i]! >= first) sum += gaps[i + 1]! - gaps[i]! + 1
    return sum
  }

  /** How many of [from, to] have come. Of gaps that are forgotten nobody knows. */
  arrivedIn(from: number, to: number): number {
    const gaps = this.gaps ?? []
    let sum = overlap(from, to, 0, this.next - 1)
    for (let i = 0; i < gaps.length; i += 2) sum -= overlap(from, to, gaps[i]!, gaps[i + 1]!)
    return sum
  }

  /** How many of [from, to] `missing` counts. */
  missingIn(from: number, to: number): number {
    const { first } = this
    const gaps = this.gaps ?? []
    let sum = 0
    for (let i = 0; i < gaps.length; i += 2) {
      if (gaps[i]! >= first) sum += overlap(from, to, gaps[i]!, gaps[i + 1]!)
    }
    return sum
  }

  private fill(sequence: number): boolean {
    const gaps = this.gaps
    if (gaps === null) return false
    for (let i = 0; i < gaps.length; i += 2) {
      const low = gaps[i]!
      const high = gaps[i + 1]!
      if (sequence < low || sequence > high) continue
      if (low === high) gaps.splice(i, 2)
      else if (sequence === low) gaps[i] = low + 1
      else if (sequence === high) gaps[i + 1] = high - 1
      else gaps.splice(i + 1, 1, sequence - 1, sequence + 1, high)
      if (gaps.length === 0) this.gaps = null
      return true
    }
    return false
  }
}

const overlap = (from: number, to: number, low: number, high: number): number =>
  Math.max(0, Math.min(to, high) - Math.max(from, low) + 1)

/** What became of a publish request is not known: the message may have gone out all the same, but nobody was promised it. */
export class FailedPublishes {
  /** [publisher, from, to, counts] flat; `counts` 0: in the warm-up. */
  private readonly flat: ArrayLike<number>

  constructor(flat: ArrayLike<number>) {
    this.flat = flat
  }

  has(publisher: number, sequence: number): boolean {
    return this.ranges.some(range => range.publisher === publisher && sequence >= range.from && sequence <= range.to)
  }

  get ranges(): { publisher: number; from: number; to: number; counts: boolean }[] {
    return Array.from({ length: this.flat.length / FIELDS }, (_, i) => ({
      publisher: this.flat[FIELDS * i]!,
      from: this.flat[FIELDS * i + 1]!,
      to: this.flat[FIELDS * i + 2]!,
      counts: this.flat[FIELDS * i + 3]! > 0,
    }))
  }
}

const FIELDS = 4

/** Collects the failures of one publisher; neighbours become one range. */
export class FailureRanges {
  private readonly ranges: number[] = []

  add(sequence: number, counts: boolean): void {
    const last = this.ranges.length - 3
    if (last >= 0 && this.ranges[last + 1] === sequence - 1 && this.ranges[last + 2] === Number(counts)) {
      this.ranges[last + 1] = sequence
    } else this.ranges.push(sequence, sequence, Number(counts))
  }

  /** Adds them to a list as `FailedPublishes` reads it. */
  tell(publisher: number, flat: number[]): void {
    const { ranges } = this
    for (let i = 0; i < ranges.length; i += 3) flat.push(publisher, ranges[i]!, ranges[i + 1]!, ranges[i + 2]!)
  }
}

import type { Histogram } from './histogram.ts'

// Messages of one publisher that may be under way at once; an older one is forgotten when its place is needed.
const WINDOW = 1024

/**
 * Time between the first and the last receiver of one message, among the receivers of this process. A message that some
 * never get is not recorded: it shows as lost.
 */
export class SkewTracker {
  private readonly histogram: Histogram
  private readonly rows: Row[] = []

  constructor(histogram: Histogram) {
    this.histogram = histogram
  }

  /** One arrival of message `sequence` of publisher number `publisher`; `receivers` are to get it. */
  arrived(publisher: number, sequence: number, atMs: number, receivers: number): void {
    const row = (this.rows[publisher] ??= new Row())
    const place = sequence % WINDOW
    if (row.sequence[place] !== sequence) {
      row.sequence[place] = sequence
      row.first[place] = atMs
      row.count[place] = 0
    }
    const count = row.count[place]! + 1
    row.count[place] = count
    if (count === receivers && receivers > 1) this.histogram.record((atMs - row.first[place]!) * 1000)
  }
}

class Row {
  readonly sequence = new Float64Array(WINDOW).fill(-1)
  readonly first = new Float64Array(WINDOW)
  readonly count = new Uint32Array(WINDOW)
}

// Time between the first and the last receiver of one message, over all processes of a run: each tells for its own
// receivers when the first and the last had it, on the clock that all processes of a machine share.

// Messages of one publisher that may be under way at once; an older one is forgotten when its place is needed.
const WINDOW = 1024
/** Messages that wait for other processes; the oldest are forgotten first. */
const WAITING_MAX = 65_536
/** So many messages a process may tell at a time: per interval that is nothing beside the messages themselves. */
const TOLD_MAX = 4096
/** Numbers per message in what a process tells: publisher, sequence, first, last. */
const FIELDS = 4
const SEQUENCES = 2 ** 30

/**
 * The receivers of one process. A message that some of them never get is not told: it shows as lost. Where there are too
 * many to tell it looks at every second one only, then at every fourth, and so on: whatever the processes have come to,
 * the one that looks at the fewest looks at messages that the others look at too.
 */
export class SkewTracker {
  private readonly rows: Row[] = []
  private readonly whole: number[]
  private stride = 1

  /** `whole`: where a message goes that everybody here has received; emptied whenever it has been told. */
  constructor(whole: number[]) {
    this.whole = whole
  }

  /** One arrival of message `sequence` of publisher number `publisher`; `receivers` are to get it. */
  arrived(publisher: number, sequence: number, atMs: number, receivers: number): void {
    if (sequence % this.stride !== 0) return
    const row = (this.rows[publisher] ??= new Row())
    const place = (sequence / this.stride) % WINDOW
    if (row.sequence[place] !== sequence) {
      row.sequence[place] = sequence
      row.first[place] = atMs
      row.count[place] = 0
    }
    const count = row.count[place]! + 1
    row.count[place] = count
    if (count !== receivers) return
    this.whole.push(publisher, sequence, row.first[place]!, atMs)
    if (this.whole.length % (TOLD_MAX * FIELDS) === 0) this.stride *= 2
  }
}

class Row {
  readonly sequence = new Float64Array(WINDOW).fill(-1)
  readonly first = new Float64Array(WINDOW)
  readonly count = new Uint32Array(WINDOW)
}

interface Span {
  first: number
  last: number
  processes: number
}

/** Puts together what the processes tell. A message counts once all of them had it. */
export class SkewMerger {
  private readonly processes: number
  private readonly record: (ms: number) => void
  private readonly waiting = new Map<number, Span>()

  /** `processes`: how many have receivers. */
  constructor(processes: number, record: (ms: number) => void) {
    this.processes = processes
    this.record = record
  }

  add(told: Float64Array): void {
    for (let at = 0; at < told.length; at += FIELDS) {
      this.merge(told[at]! * SEQUENCES + told[at + 1]!, told[at + 2]!, told[at + 3]!)
    }
  }

  private merge(message: number, first: number, last: number): void {
    const span = this.waiting.get(message) ?? { first, last, processes: 0 }
    span.first = Math.min(span.first, first)
    span.last = Math.max(span.last, last)
    span.processes += 1
    if (span.processes === this.processes) {
      this.waiting.delete(message)
      this.record(span.last - span.first)
      return
    }
    this.waiting.set(message, span)
    if (this.waiting.size > WAITING_MAX) this.waiting.delete(this.waiting.keys().next().value!)
  }
}

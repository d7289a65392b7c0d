// Far more, and what the kernel keeps of the first ones has left the processor's cache when they are sent on.
const AT_ONCE = 32

/**
 * What is to be sent once everything that a wake-up of the loop brought has been read and stamped: no answer waits for
 * our own writes to be timed.
 */
export class WakeUpBatch<Item> {
  private readonly items: Item[] = []
  private readonly run: (item: Item) => void
  private waiting = 0
  private scheduled = false

  /** `run` may add one item itself, for the next batch. */
  constructor(run: (item: Item) => void) {
    this.run = run
  }

  add(item: Item): void {
    // Slots are overwritten, never given up: an array that is emptied grows anew each time.
    this.items[this.waiting] = item
    this.waiting += 1
    if (this.waiting === AT_ONCE) this.runAll()
    else if (!this.scheduled) {
      this.scheduled = true
      setImmediate(this.turn)
    }
  }

  private readonly turn = () => {
    this.scheduled = false
    this.runAll()
  }

  private runAll(): void {
    const { items, waiting } = this
    this.waiting = 0
    for (let i = 0; i < waiting; i += 1) this.run(items[i]!)
  }
}

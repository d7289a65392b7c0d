/** The moments at which one publisher sent its messages, in their order: 8 bytes each. */
export class SentTimes {
  private times = new Float64Array(1024)
  private length = 0

  add(ms: number): void {
    if (this.length === this.times.length) {
      const larger = new Float64Array(2 * this.length)
      larger.set(this.times)
      this.times = larger
    }
    this.times[this.length] = ms
    this.length += 1
  }

  /** How many were sent before that moment. */
  before(ms: number): number {
    let low = 0
    let high = this.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.times[middle]! < ms) low = middle + 1
      else high = middle
    }
    return low
  }
}

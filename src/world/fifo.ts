// Below this it is not worth moving what is left to the front.
const MOVED_FROM = 1024

/** First in, first out, both in constant time however many wait; `Array.shift` moves all of them. */
export class Fifo<Item> {
  private readonly items: (Item | undefined)[] = []
  private first = 0

  get length(): number {
    return this.items.length - this.first
  }

  push(item: Item): void {
    this.items.push(item)
  }

  shift(): Item | undefined {
    if (this.length === 0) return undefined
    const item = this.items[this.first]
    this.items[this.first] = undefined
    this.first += 1
    if (this.first === this.items.length) {
      this.items.length = 0
      this.first = 0
    } else if (this.first >= MOVED_FROM && 2 * this.first > this.items.length) {
      this.items.splice(0, this.first)
      this.first = 0
    }
    return item
  }

  clear(): void {
    this.items.length = 0
    this.first = 0
  }
}

/** At most one pending time per client: the client with the earliest comes first. A binary heap over typed arrays. */
export interface EventQueue {
  push(client: number, at: number): void
  /** The client that comes next, or -1. */
  pop(): number
  timeOf(client: number): number
}

export function createEventQueue(clients: number): EventQueue {
  const times = new Float64Array(clients)
  const heap = new Int32Array(clients)
  let size = 0
  const timeAt = (slot: number) => times[heap[slot]!]!

  function sink(client: number) {
    let slot = 0
    for (;;) {
      let child = 2 * slot + 1
      if (child >= size) break
      if (child + 1 < size && timeAt(child + 1) < timeAt(child)) child += 1
      if (timeAt(child) >= times[client]!) break
      heap[slot] = heap[child]!
      slot = child
    }
    heap[slot] = client
  }

  return {
    timeOf: client => times[client]!,
    push(client, at) {
      times[client] = at
      let slot = size++
      while (slot > 0) {
        const parent = (slot - 1) >> 1
        if (timeAt(parent) <= at) break
        heap[slot] = heap[parent]!
        slot = parent
      }
      heap[slot] = client
    },
    pop() {
      if (size === 0) return -1
      const first = heap[0]!
      size -= 1
      if (size > 0) sink(heap[size]!)
      return first
    },
  }
}

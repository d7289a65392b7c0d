import { now } from './clock.ts'

interface Entry {
  due: number
  run(): void
}

/** Many deadlines behind one timer of the runtime; a load of thousands of connections must not own one each. */
export interface TimerQueue {
  /** Runs once at `dueMs` (clock of `now`) or as soon after as the loop allows. */
  at(dueMs: number, run: () => void): void
  clear(): void
}

/** A binary heap by due time. Entries cannot be cancelled: what they run looks whether it is still wanted. */
export function createTimerQueue(): TimerQueue {
  const heap: Entry[] = []
  let timer: NodeJS.Timeout | null = null
  let armedFor = Number.POSITIVE_INFINITY

  const arm = () => {
    const due = heap[0]?.due ?? Number.POSITIVE_INFINITY
    if (due >= armedFor) return
    if (timer !== null) clearTimeout(timer)
    armedFor = due
    timer = setTimeout(fire, Math.max(0, Math.ceil(due - now())))
  }

  const fire = () => {
    timer = null
    armedFor = Number.POSITIVE_INFINITY
    const time = now()
    while (heap.length > 0 && heap[0]!.due <= time) pop(heap).run()
    arm()
  }

  return {
    at(due, run) {
      push(heap, { due, run })
      arm()
    },
    clear() {
      heap.length = 0
      if (timer !== null) clearTimeout(timer)
      timer = null
      armedFor = Number.POSITIVE_INFINITY
    },
  }
}

function push(heap: Entry[], entry: Entry): void {
  let at = heap.length
  heap.push(entry)
  while (at > 0) {
    const parent = (at - 1) >> 1
    if (heap[parent]!.due <= entry.due) break
    heap[at] = heap[parent]!
    at = parent
  }
  heap[at] = entry
}

function pop(heap: Entry[]): Entry {
  const top = heap[0]!
  const last = heap.pop()!
  if (heap.length === 0) return top
  let at = 0
  for (;;) {
    let child = 2 * at + 1
    if (child >= heap.length) break
    if (child + 1 < heap.length && heap[child + 1]!.due < heap[child]!.due) child += 1
    if (heap[child]!.due >= last.due) break
    heap[at] = heap[child]!
    at = child
  }
  heap[at] = last
  return top
}

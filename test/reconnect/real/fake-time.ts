// Time, timers and WebSockets for a real library: nothing waits, every timer is under the test's control. Must be
// installed before the library is imported, because some keep a reference to setTimeout from then.

interface Timer {
  id: number
  at: number
  everyMs: number | undefined
  run: () => void
}

export interface FakeTime {
  now(): number
  /** Runs every timer due before the time given, with the promises in between. */
  runUntil(at: number): Promise<void>
}

const settle = setImmediate
const macrotask = () => new Promise<void>(resolve => settle(resolve))

function due(timers: Map<number, Timer>): Timer | undefined {
  let first: Timer | undefined
  for (const timer of timers.values()) if (!first || timer.at < first.at) first = timer
  return first
}

export function installFakeTime(start = 1_000_000): FakeTime {
  let now = start
  let lastId = 0
  const timers = new Map<number, Timer>()
  const add = (run: (...args: unknown[]) => void, ms: unknown, args: unknown[], repeats: boolean) => {
    const delayMs = Math.max(0, Number(ms) || 0)
    const id = ++lastId
    timers.set(id, {
      id,
      at: now + delayMs,
      everyMs: repeats ? Math.max(1, delayMs) : undefined,
      run: () => run(...args),
    })
    const handle = { ref: () => handle, unref: () => handle, hasRef: () => true, refresh: () => handle }
    return Object.assign(handle, { [Symbol.toPrimitive]: () => id })
  }
  const clear = (handle: unknown) => void timers.delete(Number(handle))
  Object.assign(globalThis, {
    setTimeout: (run: () => void, ms: number, ...args: unknown[]) => add(run, ms, args, false),
    setInterval: (run: () => void, ms: number, ...args: unknown[]) => add(run, ms, args, true),
    clearTimeout: clear,
    clearInterval: clear,
  })
  Date.now = () => now
  const RealDate = Date
  globalThis.Date = class extends RealDate {
    constructor(...args: unknown[]) {
      if (args.length === 0) super(now)
      else super(...(args as [number]))
    }
  } as DateConstructor
  performance.now = () => now
  return {
    now: () => now,
    async runUntil(at) {
      for (;;) {
        await macrotask()
        const timer = due(timers)
        if (!timer || timer.at > at) break
        now = Math.max(now, timer.at)
        if (timer.everyMs === undefined) timers.delete(timer.id)
        else timer.at += timer.everyMs
        timer.run()
      }
      now = Math.max(now, at)
    },
  }
}

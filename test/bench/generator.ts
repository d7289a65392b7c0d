// A load generator under measurement: a process of its own, watched from outside with the same ruler for all.
import { setTimeout as sleep } from 'node:timers/promises'
import { pin } from './pin.ts'
import { cpuMsOf, kernelMsOf, residentBytesOf } from './process-cost.ts'
import type { Figures, Span } from './row.ts'

export interface Generator {
  readonly pid: number
  /** Opens its connections and begins its work; resolves when all are open. */
  open(): Promise<void>
  /** Calls back now and then with the number of units done so far. */
  onUnits(listener: (units: number) => void): void
  stop(): Promise<void>
}

const SETTLE_MS = 500
const LOOK_MS = 50
const LATE_MS = 300
const PATIENCE_MS = 30_000

interface Sample {
  atMs: number
  cpuMs: number
  kernelMs: number
  units: number
}

/**
 * CPU time per unit of work once it runs steadily: `cpu` in µs, `kernel` of it, `rate` in units per second,
 * `perCpuSecond`.
 */
export async function steadyCost(generator: Generator, { warmUpMs, runMs }: Span): Promise<Figures> {
  const samples: Sample[] = []
  pin(generator.pid, 'generator')
  try {
    await generator.open()
    const { pid } = generator
    let looked = performance.now()
    let from = looked + warmUpMs
    generator.onUnits(units => {
      const atMs = performance.now()
      // What it did while it was too busy to tell comes at once, and then counts for no time at all.
      if (samples.length === 0) from = atMs + warmUpMs
      samples.push({ atMs, cpuMs: cpuMsOf(pid), kernelMs: kernelMsOf(pid), units })
    })
    const deadline = from + runMs + PATIENCE_MS
    const steady = () => samples.filter(sample => sample.atMs >= from)
    const span = () => (steady().at(-1)?.atMs ?? 0) - (steady()[0]?.atMs ?? 0)
    while ((looked < from + runMs || span() < runMs / 2) && looked < deadline) {
      await sleep(LOOK_MS)
      const now = performance.now()
      // Both cores are busy: whoever watches may wait for a turn, and then gets at once what was told meanwhile.
      if (now - looked > LATE_MS) from = now + warmUpMs
      looked = now
    }
    if (looked >= deadline) throw new Error('the bench was held up again and again: nothing was measured')
    const [first] = steady()
    const last = steady().at(-1)
    if (first === undefined || last === undefined || last.units === first.units) throw new Error('nothing was done')
    const units = last.units - first.units
    const cpuMs = last.cpuMs - first.cpuMs
    return {
      cpu: (cpuMs * 1000) / units,
      kernel: ((last.kernelMs - first.kernelMs) * 1000) / units,
      rate: (units * 1000) / (last.atMs - first.atMs),
      perCpuSecond: (units * 1000) / cpuMs,
    }
  } finally {
    await generator.stop()
  }
}

/**
 * What opening `connections` costs: `openMs`, `openCpuMs`, of it `openKernelMs`, and resident `bytes` per connection
 * that then idles.
 */
export async function openingCost(generator: Generator, connections: number): Promise<Figures> {
  try {
    await sleep(SETTLE_MS)
    const bytes = residentBytesOf(generator.pid)
    const cpuMs = cpuMsOf(generator.pid)
    const kernelMs = kernelMsOf(generator.pid)
    const from = performance.now()
    await generator.open()
    const openMs = performance.now() - from
    const openCpuMs = cpuMsOf(generator.pid) - cpuMs
    const openKernelMs = kernelMsOf(generator.pid) - kernelMs
    await sleep(SETTLE_MS)
    return { openMs, openCpuMs, openKernelMs, bytes: (residentBytesOf(generator.pid) - bytes) / connections }
  } finally {
    await generator.stop()
  }
}

// The model under the same fates as the real library, and the two ways to compare them.
import assert from 'node:assert/strict'
import { decide, startClient } from '../../../src/engine/outage/client.ts'
import { resolvePlan } from '../../../src/engine/outage/plan.ts'
import { seededRandom } from '../../../src/world/random.ts'
import { inMicroseconds } from './fake-web-socket.ts'
import type { Fate } from './fake-web-socket.ts'

/** The delays that the policy draws for one client that meets these fates. */
export async function modelled(id: string, fates: Fate[], seed = 11): Promise<(number | string)[]> {
  const plan = await resolvePlan(id)
  const random = seededRandom(seed)
  const client = startClient(plan, random)
  return fates.map(fate => {
    const ending =
      'upMs' in fate
        ? { upMs: fate.upMs, greeted: true, sinceAttemptMs: fate.upMs }
        : { sinceAttemptMs: fate.failsAfterMs }
    const delay = decide(plan, client, ending, random)
    return typeof delay === 'number' ? inMicroseconds(delay) : delay
  })
}

/** Largest distance between the two empirical distribution functions (Kolmogorov–Smirnov). */
export function kolmogorovSmirnov(left: readonly number[], right: readonly number[]): number {
  const [a, b] = [left.toSorted((x, y) => x - y), right.toSorted((x, y) => x - y)]
  let [i, j, most] = [0, 0, 0]
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i]!, b[j]!)
    while (i < a.length && a[i]! <= value) i += 1
    while (j < b.length && b[j]! <= value) j += 1
    most = Math.max(most, Math.abs(i / a.length - j / b.length))
  }
  return most
}

/** 10,000 draws of the library against 100,000 of the model, for each retry in turn. */
export async function assertSameDistribution(id: string, cycle: Fate[], observed: number[]): Promise<void> {
  const cycles = Array.from({ length: 10 * Math.floor(observed.length / cycle.length) }, () => cycle).flat()
  const model = await modelled(id, cycles)
  for (const n of cycle.keys()) {
    const pick = <T>(list: T[]) => list.filter((_, index) => index % cycle.length === n)
    const distance = kolmogorovSmirnov(pick(observed), pick(model) as number[])
    assert.ok(distance < 0.02, `${id}, retry ${n}: the distributions are ${distance.toFixed(4)} apart`)
  }
}

export const LOST: Fate = { upMs: 60_000 }
export const FAILED: Fate = { failsAfterMs: 20 }

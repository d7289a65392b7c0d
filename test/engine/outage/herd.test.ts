// The herd metrics against a herd small enough to be counted by hand.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Herd } from '../../../src/engine/outage/herd.ts'
import { outageMetrics } from '../../../src/engine/outage/metrics.ts'
import { BIN_MS, herdFigures, indexOfDispersion } from '../../../src/engine/outage/herd.ts'

/** Attempts by the second and the tenth of it in which they were issued. */
function bins(counts: Record<number, number>): number[] {
  return Array.from({ length: 60 }, (_, bin) => counts[bin * BIN_MS] ?? 0)
}

// Twenty clients, away from 0 to 2 s. The last of them never comes back, one gave up.
const backAtMs = Float64Array.from(
  '2100 2100 2200 2300 2400 2500 2600 2700 2800 2900 3000 3100 3200 3300 3400 3500 3600 3700 4000 NaN'.split(' '),
  Number,
)
const herd: Herd = {
  clients: 20,
  restoredMs: 2000,
  attemptBins: bins({ 0: 20, 900: 15, 2000: 3, 2100: 6, 2900: 4, 3000: 5, 3100: 2, 4000: 5 }),
  backAtMs,
  failures: [0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 20],
  gaveUp: 1,
}

test('peaks are the most in any ten bins, after the restore and overall, and the most in one bin', () => {
  const figures = herdFigures(herd)
  assert.equal(figures.peakPerSecondOverall, 35, '0 to 0.9 s')
  assert.equal(figures.peakPerSecond, 15, '2.1 to 3.0 s, which no whole second holds')
  assert.equal(figures.peakPerBin, 6)
})

test('t50, t95 and t100 count from the restore, over all clients', () => {
  const figures = herdFigures(herd)
  assert.equal(figures.back, 19)
  assert.equal(figures.t50Ms, 900, 'the tenth')
  assert.equal(figures.t95Ms, 2000, 'the nineteenth')
  assert.equal(figures.t100Ms, null, 'one never comes back')
  const whole = herdFigures({ ...herd, backAtMs: backAtMs.map(at => (Number.isNaN(at) ? 5500 : at)) })
  assert.equal(whole.t100Ms, 3500)
})

test('amplification, failed attempts of each client and those who gave up', () => {
  const figures = herdFigures(herd)
  assert.equal(figures.attempts, 60)
  assert.equal(figures.amplification, 3)
  assert.equal(figures.failuresMean, 2)
  assert.equal(figures.failuresP99, 20)
  assert.equal(figures.failuresMax, 20)
  assert.equal(figures.gaveUp, 1)
})

test('synchrony is variance over mean: none for a steady stream, about one for a random one, the size of a wave in step', () => {
  assert.equal(indexOfDispersion([4, 4, 4, 4]), 0)
  assert.equal(indexOfDispersion([]), null)
  assert.equal(indexOfDispersion([0, 0]), null)
  // One wave of 100 in ten bins: mean 10, variance 900.
  assert.equal(indexOfDispersion([100, 0, 0, 0, 0, 0, 0, 0, 0, 0]), 90)
  // Only from the restore to t95: what came while the service was away is no part of it.
  const own = herd.attemptBins as number[]
  assert.equal(herdFigures(herd).syncIndex, indexOfDispersion(own.slice(20, 40)))
})

test('who was never cut off counts as back at once', () => {
  const figures = herdFigures({ ...herd, backAtMs: new Float64Array(20) })
  assert.deepEqual([figures.t50Ms, figures.t95Ms, figures.t100Ms], [0, 0, 0])
})

test('beside a capacity: the peak over it, and how long after the earliest possible moment 95 % were back', () => {
  const compared = { policy: 'x', outcome: null, measured: null, prediction: null, predicted: herdFigures(herd) }
  const valueOf = (name: string, capacity: number | null) => {
    const metric = outageMetrics([compared], capacity)[name]
    return metric?.type === 'gauge' ? metric.value : undefined
  }
  assert.equal(valueOf('peak_over_capacity', 10), 1.5, '15 attempts in one second')
  assert.equal(valueOf('excess_recovery', 10), 100, 'after 2 s; 10/s admit nineteen in 1.9 s')
  assert.equal(valueOf('peak_over_capacity', null), undefined)
})

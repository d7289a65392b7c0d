import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SkewMerger, SkewTracker } from '../../src/measure/skew.ts'
import { seededRandom } from '../../src/world/random.ts'

const PROCESSES = 3
const RECEIVERS = 5
const PUBLISHERS = 2
const MESSAGES = 400

test('the skew over all processes is that of all arrivals, however they are told', () => {
  const random = seededRandom(11)
  const told: number[][] = Array.from({ length: PROCESSES }, () => [])
  const trackers = told.map(whole => new SkewTracker(whole))
  const truth: number[] = []
  const merged: number[] = []
  const merger = new SkewMerger(PROCESSES, ms => void merged.push(ms))
  const tell = (process: number) => merger.add(Float64Array.from(told[process]!.splice(0)))
  for (let sequence = 0; sequence < MESSAGES; sequence += 1) {
    for (let publisher = 0; publisher < PUBLISHERS; publisher += 1) {
      const arrivals = Array.from({ length: PROCESSES * RECEIVERS }, (_, receiver) => ({
        process: receiver % PROCESSES,
        atMs: 10 * sequence + random() * 8,
      })).sort((a, b) => a.atMs - b.atMs)
      // Every seventh message misses one receiver: it has no skew, it has a loss.
      const isLost = (sequence + publisher) % 7 === 0
      for (const { process, atMs } of isLost ? arrivals.slice(1) : arrivals) {
        trackers[process]!.arrived(publisher, sequence, atMs, RECEIVERS)
      }
      if (!isLost) truth.push(arrivals.at(-1)!.atMs - arrivals[0]!.atMs)
    }
    if (random() < 0.3) tell(Math.floor(random() * PROCESSES))
  }
  for (let process = 0; process < PROCESSES; process += 1) tell(process)
  const ascending = (values: number[]) => values.toSorted((a, b) => a - b)
  assert.deepEqual(ascending(merged), ascending(truth))
})

test('of more messages than can be told some are, the same ones by all processes, with their true skew', () => {
  const MANY = 100_000
  const merged: number[] = []
  const merger = new SkewMerger(2, ms => void merged.push(ms))
  const told: number[][] = [[], []]
  const [often, seldom] = told.map(whole => new SkewTracker(whole))
  const skewOf = (sequence: number) => 1 + (sequence % 64)
  let most = 0
  for (let sequence = 0; sequence < MANY; sequence += 1) {
    often!.arrived(0, sequence, sequence, 1)
    seldom!.arrived(0, sequence, sequence + skewOf(sequence), 1)
    if (sequence % 10_000 === 9999) merger.add(Float64Array.from(told[0]!.splice(0)))
    most = Math.max(most, told[1]!.length / 4)
  }
  merger.add(Float64Array.from(told[1]!))
  assert.ok(most < 40_000, `${most} messages at a time`)
  assert.ok(merged.length > 1000, `${merged.length} skews`)
  assert.ok(merged.every(ms => Number.isInteger(ms) && ms >= 1 && ms <= 64))
})

test('a process that never tells costs a bounded memory and gives no figure', () => {
  const merger = new SkewMerger(2, () => assert.fail('one process is not all'))
  for (let sequence = 0; sequence < 200_000; sequence += 1) merger.add(Float64Array.of(0, sequence, 1, 2))
  // The oldest were forgotten: the second half alone is no whole message any more.
  merger.add(Float64Array.of(0, 5, 1, 3))
})

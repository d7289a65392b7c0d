import assert from 'node:assert/strict'
import test from 'node:test'
import { now } from '../../src/world/clock.ts'
import { seededRandom } from '../../src/world/random.ts'
import { createTimerQueue } from '../../src/world/timer-queue.ts'

const passed = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

test('a thousand deadlines in any order run once each, in order, none early', async () => {
  const queue = createTimerQueue()
  const random = seededRandom(5)
  const startedAt = now()
  const ran: number[] = []
  const due = Array.from({ length: 1000 }, () => startedAt + random() * 200)
  for (const at of due) {
    queue.at(at, () => {
      assert.ok(now() >= at)
      ran.push(at)
    })
  }
  while (ran.length < 1000) await passed(10)
  assert.deepEqual(
    ran,
    due.toSorted((a, b) => a - b),
  )
})

test('what is over already runs soon, but not at once', async () => {
  const queue = createTimerQueue()
  let ran = false
  queue.at(now() - 1000, () => (ran = true))
  assert.equal(ran, false)
  await passed(50)
  assert.equal(ran, true)
})

test('an earlier deadline overtakes the one that is waited for', async () => {
  const queue = createTimerQueue()
  const ran: string[] = []
  queue.at(now() + 60_000, () => ran.push('late'))
  queue.at(now() + 5, () => ran.push('early'))
  await passed(100)
  assert.deepEqual(ran, ['early'])
  queue.clear()
})

test('a deadline may set another; after clear nothing runs', async () => {
  const queue = createTimerQueue()
  const rounds: number[] = []
  const again = () => {
    rounds.push(now())
    if (rounds.length < 5) queue.at(now() + 1, again)
  }
  queue.at(now(), again)
  for (let waits = 0; waits < 100 && rounds.length < 5; waits += 1) await passed(10)
  queue.at(now() + 20, again)
  queue.clear()
  await passed(60)
  assert.equal(rounds.length, 5)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Arrival } from '../../src/measure/audit.ts'
import { FailedPublishes, FailureRanges } from '../../src/measure/failed-publishes.ts'
import { SentTimes } from '../../src/measure/sent-times.ts'
import { Subscription } from '../../src/measure/subscription.ts'
import { seededRandom } from '../../src/world/random.ts'

const PATIENCE_MS = 500

/** Publishes one message every 10 ms from 0 to 10 s, and gives the subscriber those that `arrives` says. */
function published(subscription: Subscription, arrives: (atMs: number) => boolean, leaveAt: number | null = null) {
  const sentAt = new SentTimes()
  let early = 0
  for (let sequence = 0; sequence < 1000; sequence += 1) {
    const atMs = 10 * sequence
    sentAt.add(atMs)
    if (leaveAt !== null && atMs >= leaveAt) subscription.leave(leaveAt)
    if (!arrives(atMs)) continue
    if (subscription.isEarly(atMs)) early += 1
    else if (subscription.accept(0, sequence) !== Arrival.duplicate) subscription.received += 1
  }
  const [from, until] = subscription.span(PATIENCE_MS)
  subscription.expected = sentAt.before(until) - sentAt.before(from)
  return { early, expected: subscription.expected, received: subscription.received, lost: subscription.lost }
}

test('who was primed before the run expects everything', () => {
  const subscription = new Subscription(-100)
  assert.equal(subscription.prime(-50), true)
  assert.equal(subscription.isWhole, true)
  const isLost = new Set([0, 10, 5000, 9990])
  assert.deepEqual(
    published(subscription, atMs => !isLost.has(atMs)),
    { early: 0, expected: 1000, received: 996, lost: 4 },
  )
})

test('a priming message out of the history says nothing about the beginning', () => {
  const subscription = new Subscription(4000)
  assert.equal(subscription.prime(-50), false)
  assert.equal(subscription.isWhole, false)
})

test('a late subscriber expects what is sent after its first message', () => {
  // Its subscription takes effect 30 ms after the connection is there.
  const late = published(new Subscription(4000), atMs => atMs >= 4030)
  assert.deepEqual(late, { early: 0, expected: 597, received: 597, lost: 0 })
  const lossy = published(new Subscription(4000), atMs => atMs >= 4030 && atMs !== 4040 && atMs < 9990)
  assert.deepEqual(lossy, { early: 0, expected: 597, received: 595, lost: 2 })
})

test('a late subscriber that is given nothing expects what is sent a second after it came', () => {
  assert.deepEqual(
    published(new Subscription(4000), () => false),
    { early: 0, expected: 500, received: 0, lost: 500 },
  )
  assert.equal(published(new Subscription(4000), atMs => atMs >= 7000).lost, 200)
})

test('history is neither expected nor counted', () => {
  assert.deepEqual(
    published(new Subscription(4000), () => true),
    { early: 400, expected: 600, received: 600, lost: 0 },
  )
})

test('who leaves on purpose may miss what was under way, and nothing else', () => {
  const until = (end: number) => published(new Subscription(2000), atMs => atMs >= 2000 && atMs < end, 8000)
  assert.equal(until(8000).lost, 0)
  assert.equal(until(7700).lost, 0)
  // Nothing came in the last 2 s, of which half a second may have been under way.
  assert.equal(until(6000).lost, 150)
  const gap = published(new Subscription(2000), atMs => atMs >= 2000 && atMs < 8000 && atMs !== 7900, 8000)
  assert.equal(gap.lost, 1)
})

test('sent times are counted as a plain filter would', () => {
  const random = seededRandom(7)
  const times: number[] = []
  const sentAt = new SentTimes()
  for (let i = 0, at = 0; i < 5000; i += 1) {
    at += random() < 0.1 ? 0 : random()
    times.push(at)
    sentAt.add(at)
  }
  for (let i = 0; i < 500; i += 1) {
    const moment = i % 2 === 0 ? random() * 3000 : times[Math.floor(random() * times.length)]!
    assert.equal(sentAt.before(moment), times.filter(time => time < moment).length)
  }
  assert.equal(sentAt.before(Number.POSITIVE_INFINITY), 5000)
  assert.equal(sentAt.before(Number.NEGATIVE_INFINITY), 0)
})

test('messages whose publishing failed are neither lost nor stand for lost ones, whenever they come', () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const random = seededRandom(seed)
    const subscription = new Subscription(-100)
    subscription.prime(-50)
    const ranges = new FailureRanges()
    const arrivals: number[] = []
    let published = 0
    let lost = 0
    for (let sequence = 0; sequence < 200; sequence += 1) {
      const isFailed = random() < 0.2
      const arrives = random() < (isFailed ? 0.5 : 0.9)
      if (isFailed) ranges.add(sequence, true)
      else {
        published += 1
        if (!arrives) lost += 1
      }
      if (arrives) arrivals.push(sequence)
    }
    const arrive = (sequence: number) => {
      if (subscription.accept(0, sequence) !== Arrival.duplicate) subscription.count(0, sequence)
    }
    const toldAfter = Math.floor(random() * arrivals.length)
    for (const sequence of arrivals.slice(0, toldAfter)) arrive(sequence)
    const flat: number[] = []
    ranges.tell(0, flat)
    subscription.expected = published
    subscription.forgive(new FailedPublishes(flat))
    for (const sequence of arrivals.slice(toldAfter)) arrive(sequence)
    assert.equal(subscription.lost, lost, `seed ${seed}`)
    // One that leaves right after the last one: what was overtaken is lost, what failed is not.
    subscription.leave(10_000)
    assert.equal(subscription.lost, lost, `seed ${seed}, left`)
  }
})

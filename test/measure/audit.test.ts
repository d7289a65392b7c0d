import assert from 'node:assert/strict'
import test from 'node:test'
import { Arrival, SequenceAudit } from '../../src/measure/audit.ts'
import { seededRandom } from '../../src/world/random.ts'

const { inOrder, reordered, duplicate } = Arrival
const accept = (...sequence: number[]) => {
  const audit = new SequenceAudit()
  return sequence.map(number => audit.accept(number))
}

test('in order', () => {
  assert.deepEqual(accept(0, 1, 2, 3), [inOrder, inOrder, inOrder, inOrder])
})

test('what comes late, after a gap, was overtaken; a second time it is a duplicate', () => {
  assert.deepEqual(accept(0, 2, 1, 1), [inOrder, inOrder, reordered, duplicate])
  assert.deepEqual(accept(0, 0), [inOrder, duplicate])
})

test('the ends and the middle of a gap', () => {
  assert.deepEqual(accept(9, 4, 0, 8, 3, 5, 4, 9, 1, 2, 6, 7, 7), [
    inOrder,
    ...Array.from({ length: 5 }, () => reordered),
    duplicate,
    duplicate,
    ...Array.from({ length: 4 }, () => reordered),
    duplicate,
  ])
})

test('any order of a thousand messages with some twice: each kind is counted exactly', () => {
  const random = seededRandom(3)
  for (let round = 0; round < 20; round += 1) {
    const arrivals = Array.from({ length: 1000 }, (_, i) => i).flatMap(i => (random() < 0.1 ? [i, i] : [i]))
    for (let i = arrivals.length - 1; i > 0; i -= 1) {
      const other = Math.floor(random() * (i + 1))
      ;[arrivals[i], arrivals[other]] = [arrivals[other]!, arrivals[i]!]
    }
    const seen = new Set<number>()
    let highest = -1
    const expected = arrivals.map(number => {
      if (seen.has(number)) return duplicate
      seen.add(number)
      const isNew = number > highest
      highest = Math.max(highest, number)
      return isNew ? inOrder : reordered
    })
    assert.deepEqual(accept(...arrivals), expected)
  }
})

test('what it remembers of gaps is bounded: the oldest are forgotten', () => {
  const audit = new SequenceAudit()
  for (let i = 1; i < 200_000; i += 2) audit.accept(i)
  assert.equal(audit.accept(199_998), reordered)
  assert.equal(audit.accept(0), duplicate)
  assert.equal(audit.next, 200_000)
})

// 1,000 per second and a backlog of 3: one every millisecond, three may wait behind the one that is served.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createAdmissionSchedule } from '../../src/wire/admission-schedule.ts'

test('of a wave at one instant the backlog and the one in service are let in, the rest is turned away', () => {
  const schedule = createAdmissionSchedule(1000, 3)
  assert.deepEqual(
    [1, 2, 3, 4, 5, 6].map(() => schedule.admit(100)),
    [101, 102, 103, 104, null, null],
  )
})

test('a wave that takes as long as serving it is let in whole', () => {
  const schedule = createAdmissionSchedule(1000, 0)
  assert.deepEqual(
    [0, 1, 2, 3].map(at => schedule.admit(at)),
    [1, 2, 3, 4],
  )
})

test('a place is free again when one has been served, and idle time is not saved up', () => {
  const schedule = createAdmissionSchedule(1000, 1)
  assert.deepEqual([schedule.admit(0), schedule.admit(0), schedule.admit(0)], [1, 2, null])
  assert.equal(schedule.isFull(0.9), true)
  assert.equal(schedule.isFull(1), false)
  assert.equal(schedule.admit(1), 3)
  assert.deepEqual([schedule.admit(500), schedule.admit(500), schedule.admit(500)], [501, 502, null])
})

test('without a capacity everybody is let in at once', () => {
  const schedule = createAdmissionSchedule(null, 0)
  assert.deepEqual([schedule.admit(5), schedule.admit(5)], [5, 5])
})

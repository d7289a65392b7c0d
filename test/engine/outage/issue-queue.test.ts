import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createIssueQueue } from '../../../src/engine/outage/issue-queue.ts'
import { now } from '../../../src/world/clock.ts'
import { createTimerQueue } from '../../../src/world/timer-queue.ts'

test('a wave is issued in the order it is due, a few in each turn of the loop, and nobody is forgotten', async () => {
  const timers = createTimerQueue()
  const issued: number[] = []
  const perTurn: number[] = []
  let turn = 0
  const queue = createIssueQueue<number>(
    () => timers,
    client => {
      issued.push(client)
      perTurn[turn] = (perTurn[turn] ?? 0) + 1
    },
  )
  const dueMs = now() + 20
  for (let client = 0; client < 100; client += 1) queue.at(dueMs + client / 1000, client)
  while (issued.length < 100) {
    await new Promise(resolve => setImmediate(resolve))
    turn += 1
  }
  assert.deepEqual(
    issued,
    Array.from({ length: 100 }, (_, client) => client),
  )
  assert.ok(Math.max(...perTurn.filter(count => count > 0)) <= 50, perTurn.join(' '))
  assert.ok(perTurn.filter(count => count > 0).length >= 3, perTurn.join(' '))
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { now } from '../../src/world/clock.ts'
import { createTurnClock } from '../../src/world/turn-clock.ts'

test('what one turn of the loop brings happened together, however long it takes to look at', async () => {
  const turn = createTurnClock()
  const first = turn()
  const untilMs = now() + 30
  while (now() < untilMs);
  assert.equal(turn(), first)
  await new Promise(resolve => setTimeout(resolve, 5))
  const next = turn()
  assert.ok(next >= first + 30, `${next - first} ms later`)
})

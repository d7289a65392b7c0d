import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createIssueQueue } from '../../../src/engine/outage/issue-queue.ts'
import { now } from '../../../src/world/clock.ts'
import { createTimerQueue } from '../../../src/world/timer-queue.ts'

const upTo = (count: number) => Array.from({ length: count }, (_, client) => client)

interface Wave {
  issued: number[]
  steps: string[]
  /** Of each turn of the loop that issued some: how many. */
  perTurn: number[]
  /** In which of them the loop looked away. */
  lookedAway: number
}

/** A wave of clients, each of which takes so long to issue and connects in the next tick, as Node does. */
async function wave(clients: number, busyMs: number): Promise<Wave> {
  const timers = createTimerQueue()
  const issued: number[] = []
  const steps: string[] = []
  const perTurn = new Map<number, number>()
  let turn = 0
  let lookedAway = 0
  const issue = (client: number) => {
    issued.push(client)
    perTurn.set(turn, (perTurn.get(turn) ?? 0) + 1)
    steps.push(`issue ${client}`)
    process.nextTick(() => steps.push(`connect ${client}`))
    const untilMs = now() + busyMs
    while (now() < untilMs);
  }
  const queue = createIssueQueue<number>(
    () => timers,
    issue,
    () => (lookedAway += 1),
  )
  const dueMs = now() + 20
  for (const client of upTo(clients)) queue.at(dueMs + client / 1000, client)
  while (issued.length < clients) {
    await new Promise(resolve => setImmediate(resolve))
    turn += 1
  }
  return { issued, steps, perTurn: [...perTurn.values()], lookedAway }
}

test('a wave is issued in the order it is due, each really before the next, in as few turns of the loop as it is due in', async () => {
  const { issued, steps, perTurn, lookedAway } = await wave(100, 0)
  assert.deepEqual(issued, upTo(100))
  assert.deepEqual(steps.slice(0, 4), ['issue 0', 'connect 0', 'issue 1', 'connect 1'])
  assert.ok(perTurn.length <= 3, perTurn.join(' '))
  assert.equal(lookedAway, perTurn.length)
})

test('a wave that takes longer than 100 ms to issue lets the loop look in between, and nobody is forgotten', async () => {
  const { issued, perTurn, lookedAway } = await wave(60, 5)
  assert.deepEqual(issued, upTo(60))
  assert.ok(perTurn.length >= 3 && Math.max(...perTurn) <= 21, perTurn.join(' '))
  assert.equal(lookedAway, perTurn.length)
})

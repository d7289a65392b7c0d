import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FAILED, LOST, assertSameDistribution } from './compare.ts'
import { installFakeTime } from './fake-time.ts'
import { delaysOf, installFakeWebSocket } from './fake-web-socket.ts'
import type { FakeWebSocket } from './fake-web-socket.ts'

const acknowledge = (socket: FakeWebSocket) => {
  socket.onsend = data => {
    if (String(data).includes('connection_init')) setTimeout(() => socket.receive('{"type":"connection_ack"}'), 0)
  }
}

test('10,000 outages of graphql-ws have the delays of the model, and the sixth try never comes', async () => {
  const cycle = [LOST, FAILED, FAILED, FAILED, FAILED]
  const end = 10_000 * cycle.length
  const time = installFakeTime()
  const recorded = installFakeWebSocket(
    time,
    index => (index < end ? cycle[index % cycle.length]! : FAILED),
    acknowledge,
  )
  const { createClient } = await import('graphql-ws')
  createClient({ url: 'ws://127.0.0.1/', lazy: false, shouldRetry: () => true, onNonLazyError: () => {} })
  while (recorded.asked.length <= end) await time.runUntil(time.now() + 10_000_000)
  await time.runUntil(time.now() + 10_000_000)
  await assertSameDistribution('graphql-ws', cycle, delaysOf(recorded).slice(0, end))
  // The last cycle ended with four failures; the fifth retry is the one after `end`.
  assert.equal(recorded.asked.length, end + 1)
})

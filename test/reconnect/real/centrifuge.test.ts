import { test } from 'node:test'
import { FAILED, LOST, assertSameDistribution } from './compare.ts'
import { installFakeTime } from './fake-time.ts'
import { delaysOf, installFakeWebSocket } from './fake-web-socket.ts'

test('10,000 outages of centrifuge-js have the delays of the model, retry by retry', async () => {
  const cycle = [LOST, FAILED, FAILED, FAILED]
  const time = installFakeTime()
  const recorded = installFakeWebSocket(
    time,
    index => cycle[index % cycle.length]!,
    socket => {
      socket.onsend = data => {
        const { id, connect } = JSON.parse(String(data)) as { id: number; connect?: object }
        if (connect) setTimeout(() => socket.receive(JSON.stringify({ id, connect: { client: 'c' } })), 0)
      }
    },
  )
  const { Centrifuge } = await import('centrifuge')
  const client = new Centrifuge('ws://127.0.0.1/', { websocket: WebSocket })
  client.connect()
  while (recorded.asked.length <= 10_000 * cycle.length) await time.runUntil(time.now() + 10_000_000)
  await assertSameDistribution('centrifuge', cycle, delaysOf(recorded).slice(0, 10_000 * cycle.length))
})

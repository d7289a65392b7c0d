import { test } from 'node:test'
import { FAILED, LOST, assertSameDistribution } from './compare.ts'
import { installFakeTime } from './fake-time.ts'
import { delaysOf, installFakeWebSocket } from './fake-web-socket.ts'

test('10,000 outages of socket.io-client have the delays of the model, retry by retry', async () => {
  const cycle = [LOST, FAILED, FAILED, FAILED, FAILED]
  const time = installFakeTime()
  const recorded = installFakeWebSocket(
    time,
    index => cycle[index % cycle.length]!,
    socket => {
      const hello = '0{"sid":"s","upgrades":[],"pingInterval":1000000,"pingTimeout":1000000,"maxPayload":1000000}'
      setTimeout(() => socket.receive(hello), 0)
      socket.onsend = data => data === '40' && socket.receive('40{"sid":"n"}')
    },
  )
  const { Manager, WebSocket: Transport } = await import('socket.io-client')
  const manager = new Manager('ws://127.0.0.1/', { transports: [Transport], autoConnect: false })
  manager.socket('/').connect()
  while (recorded.asked.length <= 10_000 * cycle.length) await time.runUntil(time.now() + 10_000_000)
  await assertSameDistribution('socketio', cycle, delaysOf(recorded).slice(0, 10_000 * cycle.length))
})

import { test } from 'node:test'
import { FAILED, LOST, assertSameDistribution } from './compare.ts'
import { installFakeTime } from './fake-time.ts'
import { delaysOf, installFakeWebSocket } from './fake-web-socket.ts'

test('10,000 outages of the Hocuspocus provider have the delays of the model, retry by retry', async () => {
  const cycle = [LOST, FAILED, FAILED, FAILED, FAILED]
  const time = installFakeTime()
  const recorded = installFakeWebSocket(
    time,
    index => cycle[index % cycle.length]!,
    socket => {
      // An awareness message that it can parse and ignore keeps the provider from closing a silent connection.
      setTimeout(() => socket.receive(new Uint8Array([0, 9, 0]).buffer), 0)
    },
  )
  const { HocuspocusProviderWebsocket } = await import('@hocuspocus/provider')
  const provider = new HocuspocusProviderWebsocket({
    url: 'ws://127.0.0.1/',
    WebSocketPolyfill: WebSocket,
    messageReconnectTimeout: 10_000_000,
  })
  void provider
  while (recorded.asked.length <= 10_000 * cycle.length) await time.runUntil(time.now() + 10_000_000)
  await assertSameDistribution('hocuspocus', cycle, delaysOf(recorded).slice(0, 10_000 * cycle.length))
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FAILED, modelled } from './compare.ts'
import { installFakeTime } from './fake-time.ts'
import { delaysOf, installFakeWebSocket } from './fake-web-socket.ts'

test('y-websocket backs off from 200 ms to 2500 ms', async () => {
  const fates = Array.from({ length: 9 }, () => FAILED)
  const time = installFakeTime()
  const recorded = installFakeWebSocket(time, index => fates[index] ?? FAILED)
  const { WebsocketProvider } = await import('y-websocket')
  const { Doc } = await import('yjs')
  const provider = new WebsocketProvider('ws://127.0.0.1', 'room', new Doc(), {
    WebSocketPolyfill: WebSocket,
    disableBc: true,
  })
  assert.equal(provider.maxBackoffTime, 2500)
  await time.runUntil(time.now() + 600_000)
  assert.deepEqual(delaysOf(recorded).slice(0, fates.length), await modelled('y-websocket-3-1', fates))
})

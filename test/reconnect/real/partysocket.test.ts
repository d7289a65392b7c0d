import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FAILED, LOST, modelled } from './compare.ts'
import { installFakeTime } from './fake-time.ts'
import { delaysOf, installFakeWebSocket } from './fake-web-socket.ts'

test('partysocket grows from 3 s by 1.3, and a short connection does not set it back', async () => {
  const fates = [LOST, FAILED, FAILED, { upMs: 200 }, { upMs: 200 }, FAILED, FAILED, FAILED, LOST, FAILED, FAILED]
  const time = installFakeTime()
  const recorded = installFakeWebSocket(time, index => fates[index] ?? FAILED)
  const { WebSocket: PartySocket } = await import('partysocket')
  const socket = new PartySocket('ws://127.0.0.1/')
  assert.equal(socket.retryCount, 0)
  await time.runUntil(time.now() + 600_000)
  assert.deepEqual(delaysOf(recorded).slice(0, fates.length), await modelled('partysocket', fates))
})

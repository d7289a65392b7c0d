import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FAILED, LOST, modelled } from './compare.ts'
import { installFakeTime } from './fake-time.ts'
import { delaysOf, installFakeWebSocket } from './fake-web-socket.ts'

test('phoenix waits as the real socket does, and is set back by an open connection', async () => {
  const fates = [LOST, ...Array.from({ length: 11 }, () => FAILED), LOST, FAILED, FAILED]
  const time = installFakeTime()
  const recorded = installFakeWebSocket(time, index => fates[index] ?? FAILED)
  const { Socket } = await import('phoenix')
  const socket = new Socket('ws://127.0.0.1/socket', { transport: WebSocket })
  socket.connect()
  await time.runUntil(time.now() + 300_000)
  assert.deepEqual(delaysOf(recorded).slice(0, fates.length), await modelled('phoenix', fates))
})

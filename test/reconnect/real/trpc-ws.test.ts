import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FAILED, LOST, modelled } from './compare.ts'
import { installFakeTime } from './fake-time.ts'
import { delaysOf, installFakeWebSocket } from './fake-web-socket.ts'

test('the tRPC client retries at once and then doubles from 2 s', async () => {
  const fates = [LOST, ...Array.from({ length: 7 }, () => FAILED)]
  const time = installFakeTime()
  const recorded = installFakeWebSocket(time, index => fates[index] ?? FAILED)
  const { createWSClient } = await import('@trpc/client')
  createWSClient({ url: 'ws://127.0.0.1/' })
  await time.runUntil(time.now() + 600_000)
  assert.deepEqual(delaysOf(recorded).slice(0, fates.length), await modelled('trpc-ws', fates))
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FAILED, LOST, kolmogorovSmirnov, modelled } from './compare.ts'
import { installFakeTime } from './fake-time.ts'
import { delaysOf, installFakeWebSocket } from './fake-web-socket.ts'
import type { Fate } from './fake-web-socket.ts'
import { seededRandom } from '../../../src/world/random.ts'

const fates: Fate[] = [LOST, FAILED, FAILED, { upMs: 200 }, FAILED, FAILED, FAILED, FAILED, LOST, FAILED]

test('reconnecting-websocket grows by 1.3 from a delay drawn once per page', async () => {
  const time = installFakeTime()
  const recorded = installFakeWebSocket(time, index => fates[index] ?? FAILED)
  const draws = seededRandom(11)
  Math.random = draws
  const module = await import('reconnecting-websocket')
  const ReconnectingWebSocket = module.default as unknown as new (url: string) => { retryCount: number }
  Math.random = () => assert.fail('only the import draws')
  const socket = new ReconnectingWebSocket('ws://127.0.0.1/')
  assert.equal(socket.retryCount, 0)
  await time.runUntil(time.now() + 600_000)
  assert.deepEqual(delaysOf(recorded).slice(0, fates.length), await modelled('rws-pladaria', fates))
})

test('10,000 pages draw their first delay evenly between 1 s and 5 s', async () => {
  const first: number[] = []
  for (let seed = 0; seed < 10_000; seed += 1) first.push((await modelled('rws-pladaria', [LOST], seed))[0] as number)
  const even = Array.from({ length: 10_000 }, (_, index) => 1000 + (4000 * (index + 0.5)) / 10_000)
  assert.ok(kolmogorovSmirnov(first, even) < 0.02)
})

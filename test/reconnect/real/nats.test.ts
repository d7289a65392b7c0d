import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FAILED, LOST, assertSameDistribution, modelled } from './compare.ts'

test('10,000 waits of nats-core have the distribution of the model', async () => {
  const { defaultOptions, parseOptions } = (await import('@nats-io/nats-core/internal')) as unknown as {
    defaultOptions(): { maxReconnectAttempts: number }
    parseOptions(options: object): { reconnectDelayHandler(): number }
  }
  const { reconnectDelayHandler } = parseOptions({ servers: '127.0.0.1' })
  const cycle = [LOST, FAILED]
  // The handler gives the wait from the start of the last attempt; the model counts from its end.
  const observed = Array.from({ length: 10_000 * 2 }, (_, index) =>
    Math.max(0, reconnectDelayHandler() - (index % 2 === 0 ? 60_000 : 20)),
  )
  await assertSameDistribution('nats', cycle, observed)
  assert.equal(defaultOptions().maxReconnectAttempts, 10)
  const fates = [LOST, ...Array.from({ length: 10 }, () => FAILED)]
  assert.equal((await modelled('nats', fates)).at(-1), 'exhausted')
})

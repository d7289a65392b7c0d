import { test } from 'node:test'
import { FAILED, LOST, assertSameDistribution } from './compare.ts'

test('10,000 intervals of Action Cable have the distribution of the model, retry by retry', async () => {
  // The package expects a page.
  Object.assign(globalThis, { document: {}, addEventListener: () => {}, removeEventListener: () => {} })
  const { ConnectionMonitor } = await import('@rails/actioncable')
  const monitor = new ConnectionMonitor({})
  const cycle = [LOST, FAILED, FAILED, FAILED]
  const observed = Array.from({ length: 10_000 * cycle.length }, (_, index) => {
    monitor.reconnectAttempts = index % cycle.length
    return monitor.getPollInterval()
  })
  await assertSameDistribution('actioncable', cycle, observed)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resolveOutage } from '../../../src/config/outage-config.ts'
import { herdPlans } from '../../../src/engine/outage/plans.ts'

const gates = [1, 2].map(port => ({ host: '127.0.0.1', port }))
const target = { transport: 'ws' as const, url: 'ws://127.0.0.1:1/', publish: null, messageEveryMs: 200 }
const places = { connectTo: gates, openPorts: [3, 4], closedPort: 5 }

function plans(given: Parameters<typeof resolveOutage>[1]) {
  const config = resolveOutage(target.url, given, path => path)
  return herdPlans(config, 'fixed', target, places, 1, 4)
}

test('the clients are divided without a rest, and the control group has a process of its own', () => {
  const all = plans({ connections: '1003', control: '5' })
  assert.deepEqual(
    all.map(({ first, clients }) => [first, clients]),
    [
      [0, 250],
      [250, 251],
      [501, 251],
      [752, 251],
      [1003, 5],
    ],
  )
  assert.ok(all.every(({ controlFrom }) => controlFrom === 1003))
  assert.deepEqual(
    all.map(plan => plan.target.connectTo?.port),
    [1, 2, 1, 2, 1],
  )
})

test('without a control group there is no process for it', () => {
  assert.deepEqual(
    plans({ connections: '8', downCmd: 'true', upCmd: 'true' }).map(({ clients }) => clients),
    [2, 2, 2, 2],
  )
})

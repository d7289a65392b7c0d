import assert from 'node:assert/strict'
import { test } from 'node:test'
import { spawnEndpoint } from '../../src/endpoint/spawn.ts'

test('a spawned endpoint serves from a process of its own until it is stopped', async t => {
  const endpoint = await spawnEndpoint({ tls: undefined })
  t.after(() => endpoint.stop())
  const response = await fetch(endpoint.url('/time'))
  assert.equal(response.status, 200)
  await endpoint.stop()
  await assert.rejects(fetch(endpoint.url('/time')))
})

test('a spawned endpoint that cannot listen says why', async t => {
  const first = await spawnEndpoint()
  t.after(() => first.stop())
  await assert.rejects(spawnEndpoint({ port: first.port }), { code: 'EADDRINUSE' })
})

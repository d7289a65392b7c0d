import assert from 'node:assert/strict'
import { test } from 'node:test'
import { spawnEndpoint } from '../../../src/endpoint/spawn.ts'
import { check, lines } from './with-check.ts'

test('the embedded endpoint has no failure and no warning on any transport, and every skip has its reason', async () => {
  const report = await check(null)
  assert.deepEqual(lines(report, 'fail', 'warn', 'error'), [])
  assert.equal(report.verdict, 'pass')
  for (const { id, verdict, reason } of report.checks) {
    if (verdict === 'skip') assert.match(reason, /^(needs [a-z-]+: .{5}|takes over|.{5})/, id)
  }
  for (const transport of ['ws', 'sse', 'poll']) {
    const own = report.checks.filter(({ id }) => id.startsWith(`${transport}.`))
    assert.ok(
      own.some(({ verdict }) => verdict === 'pass'),
      transport,
    )
  }
})

test('a server that emits by itself all the time is not blamed for what it emits', async t => {
  const endpoint = await spawnEndpoint()
  t.after(() => endpoint.stop())
  const report = await check(endpoint.url('/tick/ws?interval=20ms&size=20', 'ws'))
  assert.deepEqual(lines(report, 'fail', 'warn', 'error'), [])
  assert.equal(report.checks.find(({ id }) => id === 'ws.frame.unmasked-data')?.verdict, 'pass')
})

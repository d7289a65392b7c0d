import assert from 'node:assert/strict'
import { test } from 'node:test'
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

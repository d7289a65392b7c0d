// An accept-then-close server: a counter that an open connection sets back makes every client hammer.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runWords, valueOf } from './run.ts'

test('phoenix tries ten times as often as with a stability threshold, and the finding says so', async () => {
  const report = await runWords(null, {
    connections: '10',
    control: '1',
    policy: ['phoenix', 'phoenix+stable'],
    fault: 'flap',
    down: '50s',
    horizon: '20s',
    messageEvery: '500ms',
  })
  const [often, seldom] = [
    valueOf(report, 'reconnect_attempts', 'phoenix')!,
    valueOf(report, 'reconnect_attempts', 'phoenix+stable')!,
  ]
  assert.ok(often >= 10 * seldom, `${often} against ${seldom}`)
  const found = report.findings.find(finding => finding.id === 'outage.reset-on-open')
  assert.match(found?.text ?? '', /^phoenix tries 1\d\.\d times as often/)
})

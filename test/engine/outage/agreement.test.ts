// Measured beside predicted: the same herd, on sockets and in the simulation.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runWords, valueOf } from './run.ts'

test('the 95 % mark of random policies is within 10 % of the prediction', async t => {
  const policies = ['aws-full', 'socketio']
  const report = await runWords(null, {
    connections: '120',
    control: '1',
    policy: policies,
    down: '4s',
    capacity: '120/s',
    backlog: '31',
    messageEvery: '200ms',
  })
  if (report.validity.verdict === 'limited') return t.skip(`this machine is busy: ${report.validity.reasons[0]}`)
  for (const policy of policies) {
    const [measured, predicted] = [
      valueOf(report, 'recovery_t95', policy)!,
      valueOf(report, 'predicted_recovery_t95', policy)!,
    ]
    const allowed = Math.max(0.1 * predicted, 400)
    assert.ok(Math.abs(measured - predicted) <= allowed, `${policy}: ${measured} ms, predicted ${predicted} ms`)
  }
})

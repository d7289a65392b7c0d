import assert from 'node:assert/strict'
import test from 'node:test'
import { startServer } from '../servers/start.ts'
import { counter, counters, runLoad } from './run-load.ts'

test('streams that end again and again are resumed, and nothing counts as lost', async t => {
  const server = await startServer<{ streams: number; resumed: number }>(t, 'events-ending', [5])
  const url = `http://${server.host}/`
  const publishing = ['-p', 'publish', '--publish', url, '-R', 20]
  const { code, report } = await runLoad([url, '-t', 'sse', '-c', 10, '-d', '2s', ...publishing])
  assert.equal(code, 0)
  const sent = counter(report, 'msgs_sent')
  assert.equal(sent, 40)
  const { streams, resumed } = await server.facts()
  assert.ok(resumed >= 10 * 7, `${resumed} of ${streams} streams resumed`)
  assert.deepEqual(counters(report, 'msgs_received', 'msgs_lost', 'msgs_duplicated', 'msgs_reordered'), {
    msgs_received: 10 * sent,
    msgs_lost: 0,
    msgs_duplicated: 0,
    msgs_reordered: 0,
  })
  const reach = report.metrics['reach']
  assert.ok(reach?.type === 'rate' && reach.value === 1, JSON.stringify(reach))
})

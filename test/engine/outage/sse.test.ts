// Event streams: who is ended by an HTTP status, and what is lost over the gap.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startReplayServer } from './replay-server.ts'
import { runWords, valueOf } from './run.ts'

const WORDS = { transport: 'sse', connections: '20', control: '1', horizon: '20s', messageEvery: '100ms' }

test('503 ends every EventSource for good, and the finding says so', async () => {
  const report = await runWords(null, {
    ...WORDS,
    policy: ['eventsource-chromium'],
    fault: 'http-503',
    down: '4s',
    threshold: ['gave_up: count==0'],
  })
  assert.equal(valueOf(report, 'gave_up'), 20)
  assert.equal(valueOf(report, 'recovery_t50'), null)
  assert.ok(report.findings.some(finding => finding.id === 'outage.killed-by-status'))
  assert.equal(report.thresholds[0]!.ok, false)
})

test('a refused connection ends none of them', async () => {
  const report = await runWords(null, { ...WORDS, policy: ['eventsource-chromium'], down: '3s' })
  assert.equal(valueOf(report, 'gave_up'), 0)
  assert.equal(valueOf(report, 'clients_back'), 20)
})

test('the real eventsource package is ended by 503 too', async () => {
  const words = { transport: 'sse', connections: '10', realClient: true, down: '4s', horizon: '10s' }
  const report = await runWords(null, { ...words, fault: 'http-503' })
  assert.equal(valueOf(report, 'gave_up'), 10)
})

test('the real package comes back from a refused connection, and one that stays open is no flapping', async () => {
  const words = { transport: 'sse', connections: '10', realClient: true, down: '1s', horizon: '20s' }
  const report = await runWords(null, words)
  assert.deepEqual([valueOf(report, 'clients_back'), valueOf(report, 'gave_up')], [10, 0])
  const { session_thrash: thrash } = report.metrics
  assert.ok(thrash?.type === 'rate')
  assert.deepEqual([thrash.hits, thrash.total], [0, 10])
  assert.ok(report.findings.every(({ id }) => id !== 'outage.flapping'))
})

for (const replay of ['after-last-id', 'nothing', 'five-too-many'] as const)
  test(`a server that replays ${replay}`, async t => {
    const { url, missed } = await startReplayServer(t, replay)
    const report = await runWords(url, { ...WORDS, publish: url, policy: ['fixed:delay=500ms'], down: '1s' })
    assert.equal(valueOf(report, 'clients_back'), 20)
    const [lost, duplicated] = [valueOf(report, 'msgs_lost')!, valueOf(report, 'msgs_duplicated')!]
    assert.ok(missed() >= 20 * 5, `${missed()} messages in the gaps`)
    assert.equal(lost, replay === 'nothing' ? missed() : 0)
    assert.equal(duplicated, replay === 'five-too-many' ? 20 * 5 : 0)
  })

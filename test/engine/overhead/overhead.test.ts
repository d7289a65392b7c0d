import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resolveOverhead } from '../../../src/config/overhead-config.ts'
import { startEndpoint } from '../../../src/endpoint/endpoint.ts'
import { runOverhead } from '../../../src/engine/overhead.ts'
import { costOf } from '../../../src/engine/overhead/cost.ts'
import { measureTransport, type Way } from '../../../src/engine/overhead/measure-transport.ts'
import { overhead as section } from '../../../src/report/sections/overhead.ts'
import { countingRelay } from './counting-relay.ts'

const PATHS: [Way, string][] = [
  ['ws', '/ws'],
  ['sse', '/events'],
  ['poll', '/messages'],
  ['plain-poll', '/messages?timeout=1ms'],
]

test('application bytes equal what a relay between the two counted, to the byte', { timeout: 60_000 }, async t => {
  const endpoint = await startEndpoint({})
  const relay = await countingRelay(endpoint.port)
  t.after(async () => {
    await relay.stop()
    await endpoint.close()
  })
  const publish = {
    url: `http://127.0.0.1:${endpoint.port}/publish`,
    method: 'POST' as const,
    headers: [],
    body: '{{message}}',
  }
  for (const [way, path] of PATHS) {
    const url = `${way === 'ws' ? 'ws' : 'http'}://127.0.0.1:${relay.port}${path}`
    const words = { duration: '1500ms', rate: '20/s', pollInterval: '200ms', publish: publish.url }
    const config = resolveOverhead([url], words, () => '')
    const measured = await measureTransport(config, config.targets[0]!, way, publish)
    await new Promise(resolve => setTimeout(resolve, 200))
    const counted = relay.take()
    assert.equal(measured.failure, null)
    assert.deepEqual([way, measured.messages, measured.published], [way, 30, 30])
    assert.deepEqual([way, measured.total.sent], [way, counted.toServer])
    // A close that ends a poll under way leaves its last answer unread.
    if (!way.endsWith('poll')) assert.deepEqual([way, measured.total.received], [way, counted.toClient])
    else assert.ok(counted.toClient - measured.total.received < 400, `${way}: ${counted.toClient}`)
    const cost = costOf(measured)
    assert.ok(Math.abs(cost.message + cost.framing + cost.chunk + cost.headers - cost.app) < 1e-6)
    if (way === 'ws') assert.equal(cost.framing, 2)
  }
})

test(
  'without an address all four transports of the embedded endpoint stand side by side',
  { timeout: 60_000 },
  async () => {
    const config = resolveOverhead(
      [],
      { duration: '1s', rate: '20/s', threshold: ['overhead_app{transport:ws}: value<=4'] },
      () => '',
    )
    const report = await runOverhead(config, { observer: () => {}, stop: new AbortController().signal })
    assert.deepEqual([report.verdict, report.failures], ['pass', []])
    const table = section(report)!
    assert.deepEqual(
      table.rows.map(([name]) => name),
      ['WebSocket', 'SSE', 'long polling', 'plain polling'],
    )
    const wire = (way: Way) => {
      const metric = report.metrics[`overhead_wire{transport:${way}}`]
      return metric?.type === 'gauge' ? metric.value : Number.NaN
    }
    assert.ok(wire('ws') < wire('sse') && wire('sse') < wire('poll'))
    assert.equal(wire('ws'), 106)
    assert.ok(report.findings.some(({ id }) => id === 'overhead.fit'))
  },
)

test('an address that nobody serves is told, and the run is unreachable', { timeout: 60_000 }, async () => {
  const config = resolveOverhead(['ws://127.0.0.1:1/'], { duration: '1s' }, () => '')
  const report = await runOverhead(config, { observer: () => {}, stop: new AbortController().signal })
  assert.equal(report.verdict, 'unreachable')
  assert.match(report.failures[0]!.examples[0]!, /connection refused/)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resolveOverhead } from '../../../src/config/overhead-config.ts'
import { startEndpoint } from '../../../src/endpoint/endpoint.ts'
import { runOverhead } from '../../../src/engine/overhead.ts'
import type { Way } from '../../../src/engine/overhead/measure-transport.ts'
import { overhead as section } from '../../../src/report/sections/overhead.ts'
import { countingRelay } from './counting-relay.ts'
import { equalsToTheByte } from './every-way.ts'

test('application bytes equal what a relay between the two counted, to the byte', { timeout: 60_000 }, async t => {
  const endpoint = await startEndpoint({})
  const relay = await countingRelay(endpoint.port)
  t.after(async () => {
    await relay.stop()
    await endpoint.close()
  })
  await equalsToTheByte(relay.port, endpoint.port, async run => {
    relay.take()
    await run()
    return relay.take()
  })
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

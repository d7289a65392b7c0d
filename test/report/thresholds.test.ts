import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Threshold } from '../../src/config/run-config.ts'
import { createHistogram } from '../../src/measure/histogram.ts'
import { aggregatesOf, evaluateThresholds, unknownMetrics } from '../../src/report/thresholds.ts'
import { checkReport } from '../reporters/fixtures/check-report.ts'
import { counter, gauge, rate } from '../reporters/fixtures/base-report.ts'

const threshold = (metric: string, rest: Partial<Threshold> = {}): Threshold => ({
  expr: `${metric}: …`,
  metric,
  tags: {},
  aggregate: 'count',
  percentile: null,
  operator: '==',
  limit: 0,
  abortOnFail: false,
  delayAbortMs: 0,
  ...rest,
})
const p = (percentile: number, limit: number, rest: Partial<Threshold> = {}) =>
  threshold('msg_rtt', { aggregate: 'p', percentile, operator: '<', limit, ...rest })
const valueOf = (one: Threshold, metrics: Parameters<typeof evaluateThresholds>[1]) =>
  evaluateThresholds([one], metrics)[0]!

const millis = (...values: number[]) => {
  const histogram = createHistogram()
  for (const ms of values) histogram.record(ms * 1000)
  return histogram.toMetric()
}

test('a percentile is taken from the buckets, at any p', () => {
  const metrics = { msg_rtt: millis(...Array.from({ length: 1000 }, (_, i) => (i + 1) / 1000)) }
  assert.deepEqual(valueOf(p(99, 0.99), { metrics }), { expr: 'msg_rtt: …', value: 0.99, ok: false })
  assert.equal(valueOf(p(99, 0.991), { metrics }).ok, true)
  assert.equal(valueOf(p(99.95, 50), { metrics }).value, 1)
})

test('a metric that is missing or has no samples fails with value null', () => {
  assert.deepEqual(valueOf(p(99, 50), { metrics: {} }), { expr: 'msg_rtt: …', value: null, ok: false })
  assert.equal(valueOf(p(99, 50), { metrics: { msg_rtt: millis() } }).value, null)
  const errorRate = threshold('error_rate', { aggregate: 'rate', operator: '<', limit: 0.5 })
  assert.equal(valueOf(errorRate, { metrics: { error_rate: rate(0, 0) } }).ok, false)
})

test('a counter of zero is a value', () => {
  assert.equal(valueOf(threshold('msgs_lost'), { metrics: { msgs_lost: counter(0) } }).ok, true)
  assert.equal(valueOf(threshold('msgs_lost'), { metrics: { msgs_lost: counter(1) } }).ok, false)
})

test('the rate of a counter is per second of the run', () => {
  const perSecond = threshold('msgs_received', { aggregate: 'rate', operator: '>=', limit: 500 })
  const metrics = { msgs_received: counter(5000) }
  assert.deepEqual(valueOf(perSecond, { metrics, durationMs: 10_000 }), {
    expr: 'msgs_received: …',
    value: 500,
    ok: true,
  })
  assert.equal(valueOf(perSecond, { metrics }).value, null)
})

test('each operator and each aggregate of a histogram', () => {
  const metrics = { msg_rtt: millis(1, 2, 3) }
  const aggregates = { count: 3, avg: 2, min: 1, med: 2, max: 3 } as const
  for (const [aggregate, value] of Object.entries(aggregates)) {
    const result = valueOf(threshold('msg_rtt', { aggregate: aggregate as keyof typeof aggregates }), { metrics })
    assert.ok(Math.abs(result.value! - value) < 0.002, `${aggregate}: ${result.value}`)
  }
  const held = { '<': [false, false, true], '<=': [false, true, true], '>': [true, false, false] } as const
  const more = { '>=': [true, true, false], '==': [false, true, false], '!=': [true, false, true] } as const
  for (const [operator, expected] of Object.entries({ ...held, ...more })) {
    const results = [2, 3, 4].map(
      limit => valueOf(threshold('msg_rtt', { operator: operator as '<', limit }), { metrics }).ok,
    )
    assert.deepEqual(results, expected, operator)
  }
})

test('a tag selector finds the run that has the tag, and no other', () => {
  const opened = threshold('conn_opened', { tags: { transport: 'sse' }, operator: '>=', limit: 1000 })
  const metrics = { conn_opened: counter(1000) }
  assert.equal(valueOf(opened, { metrics, tags: { transport: 'sse', pattern: 'listen' } }).ok, true)
  assert.equal(valueOf(opened, { metrics, tags: { transport: 'ws' } }).value, null)
  assert.equal(valueOf(opened, { metrics }).value, null)
})

test('a tag selector finds the metric of a part, and parts without a whole are put together', () => {
  const metrics = {
    'recovery_t95{policy:fixed}': gauge(9000, 'ms'),
    'recovery_t95{policy:jitter}': gauge(4000, 'ms'),
    'gave_up{policy:fixed}': counter(2),
    'gave_up{policy:jitter}': counter(3),
  }
  const t95 = (tags: Threshold['tags']) => valueOf(threshold('recovery_t95', { aggregate: 'value', tags }), { metrics })
  assert.equal(t95({ policy: 'jitter' }).value, 4000)
  assert.equal(t95({ policy: 'none' }).value, null)
  assert.equal(t95({}).value, 9000)
  assert.equal(valueOf(threshold('gave_up'), { metrics }).value, 5)
})

test('a check that could not be judged counts as failed; without checks the gate fails', () => {
  const failed = threshold('checks', { aggregate: 'failed' })
  const { checks } = checkReport()
  assert.equal(valueOf(failed, { metrics: {}, checks }).value, 2)
  assert.equal(valueOf(threshold('checks'), { metrics: {}, checks }).value, 7)
  assert.equal(valueOf(failed, { metrics: {}, checks: [] }).ok, false)
})

test('an unknown metric is named with the near names', () => {
  const all = ['msg_rt', 'rtt', 'msgs_lots', 'zzzzzz', 'msg_rtt', 'checks', 'warmup_msg_rtt', 'closed_by_server_1006']
  const unknown = unknownMetrics(all.map(name => threshold(name)))
  assert.deepEqual(
    unknown.map(({ threshold: { metric }, near }) => [metric, near[0]]),
    [
      ['msg_rt', 'msg_rtt'],
      ['rtt', 'msg_rtt'],
      ['msgs_lots', 'msgs_lost'],
      ['zzzzzz', undefined],
    ],
  )
  assert.deepEqual(unknownMetrics([threshold('msgs')], ['msgs_sent', 'msgs_lost'])[0]!.near, ['msgs_lost', 'msgs_sent'])
})

test('the aggregates that fit a metric follow from its type', () => {
  assert.ok(aggregatesOf('msg_rtt').includes('p'))
  assert.deepEqual(aggregatesOf('msgs_lost'), ['count', 'value', 'rate'])
  assert.deepEqual(aggregatesOf('error_rate'), ['rate', 'value'])
  assert.ok(aggregatesOf('checks').includes('failed'))
})

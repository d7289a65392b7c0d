import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createHistogram, type Histogram } from '../../src/measure/histogram.ts'
import { mergeReports, MismatchError } from '../../src/report/merge.ts'
import type { Report } from '../../src/report/report.ts'
import { seededRandom } from '../../src/world/random.ts'
import { counter, emptyReport, gauge, rate } from '../reporters/fixtures/base-report.ts'

const gates = [
  {
    expr: 'msg_rtt: p(99)<1s',
    metric: 'msg_rtt',
    tags: {},
    aggregate: 'p',
    percentile: 99,
    operator: '<',
    limit: 1000,
  },
  {
    expr: 'msgs_lost: count==0',
    metric: 'msgs_lost',
    tags: {},
    aggregate: 'count',
    percentile: null,
    operator: '==',
    limit: 0,
  },
]

function run(
  histogram: Histogram,
  lost: number,
  index: number | null,
  count = 4,
  change: Partial<Report> = {},
): Report {
  const shard = index === null ? null : { index, count, runId: 'r1', startAt: null }
  const received = histogram.count
  return {
    ...emptyReport('load'),
    config: { kind: 'load', connections: 100, thresholds: gates, target: { transport: 'ws' }, shard },
    metrics: {
      msg_rtt: histogram.toMetric(),
      msgs_lost: counter(lost),
      reach: rate(received, received + lost),
      gen_cpu: gauge(0.1 * ((index ?? 1) + 1), 'share'),
      reconnect_peak_rate: gauge(100, '/s'),
    },
    ...change,
  }
}

/** The same values recorded once as a whole and once by as many recorders as there are shards. */
function split(seed: number, shards: number) {
  const random = seededRandom(seed)
  const whole = createHistogram()
  const parts = Array.from({ length: shards }, () => createHistogram())
  const uneven = random()
  for (let i = 0; i < 1000; i += 1) {
    const us = 10 ** (1 + 6 * random())
    whole.record(us)
    parts[Math.floor(shards * random() ** (1 + uneven))]!.record(us)
  }
  return { whole, parts }
}

test('four shards equal the single run with the same values, percentile by percentile, over 100 random splits', () => {
  for (let seed = 1; seed <= 100; seed += 1) {
    const { whole, parts } = split(seed, 4)
    const merged = mergeReports(parts.map((part, at) => run(part, 1, at + 1)))
    const single = run(whole, 4, null)
    assert.deepEqual(merged.metrics.msg_rtt, single.metrics.msg_rtt)
    assert.deepEqual(merged.metrics.reach, single.metrics.reach)
    assert.deepEqual(merged.metrics.msgs_lost, single.metrics.msgs_lost)
  }
})

const four = (change: (at: number) => Partial<Report> = () => ({})) =>
  split(1, 4).parts.map((part, at) => run(part, 0, at + 1, 4, change(at)))

test('thresholds are held against the whole, gauges follow their rule, the order of the files does not matter', () => {
  const merged = mergeReports(four())
  assert.deepEqual(merged.metrics.gen_cpu, gauge(0.5, 'share'))
  assert.deepEqual(merged.metrics.reconnect_peak_rate, gauge(400, '/s'))
  assert.deepEqual(
    merged.thresholds.map(({ ok }) => ok),
    [false, true],
  )
  assert.equal(merged.verdict, 'fail')
  assert.deepEqual(mergeReports(four().toReversed()), merged)
})

test('one limited shard limits the run and is named; one invalid shard makes it invalid', () => {
  const validity = { verdict: 'limited' as const, reasons: ['CPU at 99 %'] }
  const merged = mergeReports(four(at => (at === 2 ? { validity, verdict: 'invalid' } : {})))
  assert.deepEqual(merged.validity, { verdict: 'limited', reasons: ['shard 3: CPU at 99 %'] })
  assert.equal(merged.verdict, 'invalid')
})

test('failures of one class add up and keep three examples', () => {
  const merged = mergeReports(
    four(at => ({ failures: [{ class: 'refused', count: 2, examples: [`a${at}`, `b${at}`] }] })),
  )
  assert.deepEqual(merged.failures, [{ class: 'refused', count: 8, examples: ['a0', 'b0', 'a1'] }])
})

test('timelines with buckets: percentiles of an interval are those of all its values', () => {
  const { whole, parts } = split(7, 3)
  const merged = mergeReports(
    parts.map((part, at) => {
      const { p99, hdr } = part.toMetric()
      const timeline = {
        intervalMs: 1000,
        series: { p99: [null, p99] },
        latency: { metric: 'msg_rtt', hdr: [null, hdr] },
      }
      return run(part, 0, at, 3, { timeline })
    }),
  )
  const { p50, p90, p99, max, hdr } = whole.toMetric()
  assert.deepEqual(merged.timeline, {
    intervalMs: 1000,
    series: { p50: [null, p50], p90: [null, p90], p99: [null, p99], max: [null, max] },
    latency: { metric: 'msg_rtt', hdr: [null, hdr] },
  })
})

test('timelines are aligned by the clock: counts add, the worst percentile stays', () => {
  const merged = mergeReports(
    four(at => ({
      startedAt: `2026-03-04T05:06:0${7 + (at === 3 ? 1 : 0)}.100Z`,
      timeline: { intervalMs: 1000, series: { sent: [10, 20], p99: [at, null] } },
    })),
  )
  assert.deepEqual(merged.timeline, { intervalMs: 1000, series: { sent: [30, 70, 20], p99: [2, 3, null] } })
  assert.equal(merged.startedAt, '2026-03-04T05:06:07.100Z')
})

const strangers: [string, () => Report[], RegExp][] = [
  ['nothing', () => [], /no report/],
  ['a whole run', () => [...four().slice(1), run(createHistogram(), 0, null)], /whole run/],
  ['another kind', () => four(at => (at === 1 ? { kind: 'outage' } : {})), /kind/],
  ['another version', () => four(at => (at === 1 ? { tool: { name: 'rtbench', version: '9' } } : {})), /version/],
  ['a missing shard', () => four().slice(0, 3), /has 4 shards, 3 are given/],
  ['a shard given twice', () => [...four().slice(0, 3), four()[0]!], /twice/],
  [
    'another configuration',
    () => four(at => (at === 1 ? { config: { ...four()[1]!.config, connections: 7 } } : {})),
    /configuration/,
  ],
  [
    'another run',
    () =>
      four(at => (at === 1 ? { config: { ...four()[1]!.config, shard: { index: 2, count: 4, runId: 'r2' } } } : {})),
    /run id/,
  ],
]
for (const [what, parts, reason] of strangers) {
  test(`merging refuses ${what}`, () => {
    assert.throws(
      () => mergeReports(parts()),
      (error: Error) => error instanceof MismatchError && reason.test(error.message),
    )
  })
}

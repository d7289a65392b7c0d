import assert from 'node:assert/strict'
import { test } from 'node:test'
import gitlab from '../../src/reporters/gitlab.ts'
import openmetrics from '../../src/reporters/openmetrics.ts'
import { counter, gauge } from './fixtures/base-report.ts'
import { allReports, plain } from './fixtures/all-reports.ts'
import { loadReport } from './fixtures/load-report.ts'
import { openMetricsErrors } from './formats/openmetrics-grammar.ts'

for (const [name, report] of Object.entries(allReports)) {
  test(`the ${name} report is valid OpenMetrics, for Prometheus and for GitLab`, () => {
    assert.deepEqual(openMetricsErrors(openmetrics.render(report, plain)), [])
    assert.deepEqual(openMetricsErrors(gitlab.render(report, plain)), [])
  })
}

test('the grammar of this test refuses what the standard refuses', () => {
  const bad = [
    'a 1\n',
    '# TYPE a counter\na 1\n# EOF\n',
    '# TYPE a gauge\na{b="\\x"} 1\n# EOF\n',
    '# TYPE a gauge\na 1\na 1\n# EOF\n',
  ]
  for (const text of bad) assert.notDeepEqual(openMetricsErrors(text), [], text)
})

test('times are seconds, shares are ratios, counters end in _total', () => {
  const lines = openmetrics.render(allReports.load, plain).split('\n')
  assert.ok(lines.includes('rtbench_msg_rtt_seconds{quantile="0.99"} 0.040639'))
  assert.ok(lines.includes('rtbench_msgs_lost_total 10'))
  assert.ok(lines.includes('rtbench_gen_cpu_ratio 0.41'))
  assert.ok(lines.includes('rtbench_pass{kind="load"} 0'))
})

test('tags become labels and families stay together', () => {
  const metrics = {
    'recovery_t95{policy:a"b}': gauge(9000, 'ms'),
    gave_up: counter(1),
    'recovery_t95{policy:c}': gauge(4000, 'ms'),
  }
  const text = openmetrics.render({ ...allReports.outage, metrics }, plain)
  assert.deepEqual(openMetricsErrors(text), [])
  assert.match(text, /rtbench_recovery_t95_seconds\{policy="a\\"b"\} 9\nrtbench_recovery_t95_seconds\{policy="c"\} 4\n/)
})

test('GitLab sees the same text for two runs that differ by noise', () => {
  const noisy = loadReport()
  const metric = noisy.metrics.msg_rtt!
  if (metric.type === 'histogram') metric.p50 *= 1.002
  const p50 = (text: string) =>
    text.split('\n').find(line => line.startsWith('rtbench_msg_rtt_seconds{quantile="0.5"}'))
  assert.equal(p50(gitlab.render(noisy, plain)), p50(gitlab.render(allReports.load, plain)))
  assert.notEqual(p50(openmetrics.render(noisy, plain)), p50(openmetrics.render(allReports.load, plain)))
})

import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import gitlab from '../../src/reporters/gitlab.ts'
import openmetrics from '../../src/reporters/openmetrics.ts'
import { missing, PYTHON } from '../servers/installed.ts'
import { counter, gauge } from './fixtures/base-report.ts'
import { allReports, plain } from './fixtures/all-reports.ts'
import { loadReport } from './fixtures/load-report.ts'
import { openmetrics as format } from './formats/openmetrics.ts'

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
  assert.deepEqual(format.errors(text), [])
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

const readByPrometheus = `
import json, sys
from prometheus_client.openmetrics.parser import text_string_to_metric_families as families
print(json.dumps([[[s.name, s.labels, s.value] for f in families(t) for s in f.samples] for t in json.load(sys.stdin)]))
`

test('the parser of Prometheus reads each report, and the same values', t => {
  const reason = missing('python3-prometheus-client')
  if (reason !== null) return t.skip(reason)
  const texts = Object.values(allReports).flatMap(report => [openmetrics, gitlab].map(one => one.render(report, plain)))
  const read = (input: string[]) =>
    spawnSync(PYTHON, ['-c', readByPrometheus], { input: JSON.stringify(input), encoding: 'utf8' })
  const { status, stdout, stderr } = read(texts)
  assert.equal(status, 0, stderr)
  const samples = JSON.parse(stdout) as [name: string, labels: Record<string, string>, value: number][][]
  const written = texts.map(text => text.split('\n').filter(line => line !== '' && !line.startsWith('#')).length)
  assert.deepEqual(
    samples.map(({ length }) => length),
    written,
  )
  const [load] = samples
  const valueOf = (name: string, quantile?: string) =>
    load!.find(([found, labels]) => found === name && labels['quantile'] === quantile)?.[2]
  assert.equal(valueOf('rtbench_msg_rtt_seconds', '0.99'), 0.040639)
  assert.equal(valueOf('rtbench_msg_rtt_seconds_count'), 29_810)
  assert.equal(valueOf('rtbench_msgs_lost_total'), 10)
  assert.notEqual(read(format.wrong.slice(0, 1)).status, 0, 'it refuses what is wrong')
})

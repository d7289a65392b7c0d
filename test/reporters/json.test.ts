import assert from 'node:assert/strict'
import { test } from 'node:test'
import json from '../../src/reporters/json.ts'
import ndjson from '../../src/reporters/ndjson.ts'
import { checkReport } from './fixtures/check-report.ts'
import { hostileReport } from './fixtures/hostile-report.ts'
import { loadReport } from './fixtures/load-report.ts'

const options = { width: 80, colour: false }

test('JSON is the whole report, also with hostile strings', () => {
  for (const report of [loadReport(), checkReport(), hostileReport()]) {
    assert.deepEqual(JSON.parse(json.render(report, options)), report)
  }
})

test('NDJSON is one line per interval with its time and values, then the summary', () => {
  const report = loadReport()
  const lines = ndjson
    .render(report, options)
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as Record<string, unknown>)
  assert.equal(lines.length, 31)
  const { type, at, sinceStartMs, connections, p50 } = lines[12]!
  assert.deepEqual(
    { type, at, sinceStartMs, connections, p50 },
    { type: 'interval', at: '2026-03-04T05:06:20.000Z', sinceStartMs: 13_000, connections: 497, p50: null },
  )
  const { timeline: _, ...rest } = report
  assert.deepEqual(lines[30], { type: 'summary', ...rest })
})

test('NDJSON of a run without a timeline is the summary alone', () => {
  const lines = ndjson.render(checkReport(), options).trimEnd().split('\n')
  assert.equal(lines.length, 1)
  assert.equal((JSON.parse(lines[0]!) as { type: string }).type, 'summary')
})

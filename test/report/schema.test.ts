import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { Ajv } from 'ajv'
import type { Report } from '../../src/report/report.ts'
import { checkReport } from '../reporters/fixtures/check-report.ts'
import { hostileReport } from '../reporters/fixtures/hostile-report.ts'
import { loadReport } from '../reporters/fixtures/load-report.ts'
import { outageReport } from '../reporters/fixtures/outage-report.ts'

const file = path.resolve(import.meta.dirname, '../../../reports/report.schema.json')
const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(JSON.parse(readFileSync(file, 'utf8')))

test('each kind of report is what the schema describes', () => {
  for (const report of [loadReport(), checkReport(), outageReport(), hostileReport()]) {
    assert.ok(validate(report), JSON.stringify(validate.errors))
  }
})

const broken: Record<string, (report: Report) => unknown> = {
  'a missing field': report => ({ ...report, verdict: undefined }),
  'another schema number': report => ({ ...report, schema: 2 }),
  'a time without zone': report => ({ ...report, startedAt: '2026-03-04T05:06:07' }),
  'a rate without its counts': report => ({ ...report, metrics: { reach: { type: 'rate', value: 1 } } }),
  'a verdict of another kind': report => ({ ...report, verdict: 'ok' }),
  'a histogram without buckets': report => ({
    ...report,
    metrics: { msg_rtt: { ...report.metrics.msg_rtt, hdr: undefined } },
  }),
}
for (const [what, change] of Object.entries(broken)) {
  test(`the schema refuses ${what}`, () => {
    assert.equal(validate(JSON.parse(JSON.stringify(change(loadReport())))), false)
  })
}

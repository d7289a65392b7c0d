import assert from 'node:assert/strict'
import { test } from 'node:test'
import { validate } from 'ctrf'
import ctrf from '../../src/reporters/ctrf.ts'
import { allReports, plain } from './fixtures/all-reports.ts'

for (const [name, report] of Object.entries(allReports)) {
  test(`the ${name} report is valid CTRF`, () => {
    const result = validate(JSON.parse(ctrf.render(report, plain)))
    assert.equal(result.valid, true, JSON.stringify(result))
  })
}

test('the validator of this test refuses a report without tests', () => {
  const { results, ...rest } = JSON.parse(ctrf.render(allReports.check, plain)) as { results: object }
  assert.equal(validate({ ...rest, results: { ...results, tests: undefined } }).valid, false)
})

test('failed and undecided checks are failed tests, warnings keep their status beside', () => {
  const document = JSON.parse(ctrf.render(allReports.check, plain)) as {
    results: { summary: Record<string, number>; tests: { status: string; rawStatus: string; extra: { id: string } }[] }
  }
  const { tests, passed, failed, skipped } = document.results.summary
  assert.deepEqual({ tests, passed, failed, skipped }, { tests: 11, passed: 6, failed: 3, skipped: 2 })
  const warned = document.results.tests.find(({ extra }) => extra.id === 'ws.ping.latest-only')!
  assert.deepEqual([warned.status, warned.rawStatus], ['passed', 'warn'])
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import ctrf from '../../src/reporters/ctrf.ts'
import { allReports, plain } from './fixtures/all-reports.ts'

test('failed and undecided checks are failed tests, warnings keep their status beside', () => {
  const document = JSON.parse(ctrf.render(allReports.check, plain)) as {
    results: { summary: Record<string, number>; tests: { status: string; rawStatus: string; extra: { id: string } }[] }
  }
  const { tests, passed, failed, skipped } = document.results.summary
  assert.deepEqual({ tests, passed, failed, skipped }, { tests: 11, passed: 6, failed: 3, skipped: 2 })
  const warned = document.results.tests.find(({ extra }) => extra.id === 'ws.ping.latest-only')!
  assert.deepEqual([warned.status, warned.rawStatus], ['passed', 'warn'])
})

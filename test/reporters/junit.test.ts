import assert from 'node:assert/strict'
import { test } from 'node:test'
import junit from '../../src/reporters/junit.ts'
import { allReports, plain } from './fixtures/all-reports.ts'
import { parseXml } from './formats/xml-tree.ts'

test('each verdict is what a CI server understands by it', () => {
  const root = parseXml(junit.render(allReports.check, plain))
  const checks = root.children.find(suite => suite.attributes.name === 'rtbench.check.checks')!
  const { tests, failures, errors, skipped } = checks.attributes
  assert.deepEqual({ tests, failures, errors, skipped }, { tests: '9', failures: '1', errors: '1', skipped: '2' })
  const failed = checks.children.flatMap(one => one.children).find(({ name }) => name === 'failure')!
  assert.equal(failed.attributes.type, 'ws.close.echo-code')
  assert.equal(failed.text, 'expected: a close frame with code 1000\nobserved: TCP closed without a close frame')
  assert.match(
    checks.children.find(({ name }) => name === 'system-out')!.text,
    /^warning: ws\.ping\.latest-only \| 3 pongs/,
  )
})

test('an invalid run is an error of the run, with its metrics as properties', () => {
  const report = { ...allReports.load, verdict: 'invalid' as const, thresholds: [] }
  const run = parseXml(junit.render(report, plain)).children[0]!
  assert.equal(run.attributes.errors, '1')
  const properties = run.children[0]!.children.map(({ attributes }) => attributes)
  assert.ok(properties.some(({ name, value }) => name === 'msg_rtt.p99_ms' && value === '40.639'))
  assert.ok(properties.some(({ name, value }) => name === 'msgs_lost' && value === '10'))
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Parser, type Result } from 'tap-parser'
import tap from '../../src/reporters/tap.ts'
import { allReports, plain } from './fixtures/all-reports.ts'

function parse(text: string) {
  const parser = new Parser({ strict: true })
  const points: Result[] = []
  const foreign: string[] = []
  parser.on('assert', point => points.push(point))
  parser.on('extra', line => foreign.push(line))
  parser.end(text)
  return { points, foreign, results: parser.results! }
}

for (const [name, report] of Object.entries(allReports)) {
  test(`the ${name} report is strict TAP with as many points as planned`, () => {
    const { points, foreign, results } = parse(tap.render(report, plain))
    assert.deepEqual(foreign, [])
    assert.equal(results.plan.end, points.length)
    assert.deepEqual(
      results.failures.filter(failure => 'tapError' in failure && failure.tapError),
      [],
    )
  })
}

test('verdicts, skip reasons and diagnostics are read back', () => {
  const { points, results } = parse(tap.render(allReports.check, plain))
  assert.deepEqual([results.count, results.pass, results.fail, results.skip], [11, 8, 3, 2])
  assert.equal(points[5]!.skip, 'the server did not accept permessage-deflate')
  assert.deepEqual(points[2]!.diag, {
    severity: 'fail',
    message: 'the server dropped the connection',
    detail1: 'expected: a close frame with code 1000',
    detail2: 'observed: TCP closed without a close frame',
  })
})

test('a hostile name cannot skip its own test', () => {
  const checks = [{ ...allReports.check.checks[1]!, title: 'x # SKIP' }]
  const { results } = parse(tap.render({ ...allReports.check, checks }, plain))
  assert.deepEqual([results.fail, results.skip], [2, 0])
})

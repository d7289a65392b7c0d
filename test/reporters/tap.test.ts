import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Parser, type Result } from 'tap-parser'
import tap from '../../src/reporters/tap.ts'
import { allReports, plain } from './fixtures/all-reports.ts'

function parse(text: string) {
  const parser = new Parser({ strict: true })
  const points: Result[] = []
  parser.on('assert', point => points.push(point))
  parser.end(text)
  return { points, results: parser.results! }
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

import assert from 'node:assert/strict'
import { test } from 'node:test'
import githubSummary from '../../src/reporters/github-summary.ts'
import github from '../../src/reporters/github.ts'
import { allReports, plain } from './fixtures/all-reports.ts'
import { checkReport } from './fixtures/check-report.ts'

const commands = (report: Parameters<typeof github.render>[0]) => github.render(report, plain).trimEnd().split('\n')
const annotation = /^::(error|warning|notice) title=([^:,]*)::(.*)$/

for (const [name, report] of Object.entries(allReports)) {
  test(`every line of the ${name} report is one annotation`, () => {
    for (const line of commands(report)) assert.match(line, annotation)
  })
}

test('failures are errors, warnings are warnings, the verdict is a notice', () => {
  assert.deepEqual(
    commands(allReports.check).map(line => annotation.exec(line)!.slice(1, 3)),
    [
      ['error', 'ws.close.echo-code'],
      ['error', 'ws.utf8.split'],
      ['error', 'threshold.checks%3A failed==0'],
      ['warning', 'ws.ping.latest-only'],
      ['notice', 'rtbench check%3A fail'],
    ],
  )
})

test('of more than ten errors the last annotation names the rest', () => {
  const checks = Array.from({ length: 15 }, (_, at) => ({ ...checkReport().checks[1]!, id: `ws.many.n${at}` }))
  const errors = commands({ ...allReports.check, checks, thresholds: [] }).filter(line => line.startsWith('::error'))
  assert.equal(errors.length, 10)
  assert.match(errors[9]!, /^::error title=6 more::ws\.many\.n9, .*ws\.many\.n14$/)
})

test('percent signs and line ends of a message are encoded', () => {
  const checks = [{ ...checkReport().checks[1]!, reason: '100%0A\n::error::x' }]
  assert.match(commands({ ...allReports.check, checks })[0]!, /::100%250A\\x0a::error::x%0Aexpected/)
})

test('the step summary never exceeds one MiB and says when it was cut', () => {
  const checks = Array.from({ length: 8000 }, (_, at) => ({ ...checkReport().checks[1]!, id: `ws.many.ü${at}` }))
  const text = githubSummary.render({ ...allReports.check, checks }, plain)
  assert.ok(Buffer.byteLength(text) <= 1024 * 1024)
  assert.ok(Buffer.byteLength(text) > 1_000_000)
  assert.match(text, /Cut here/)
  assert.doesNotMatch(githubSummary.render(allReports.check, plain), /Cut here/)
})

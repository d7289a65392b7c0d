import assert from 'node:assert/strict'
import { test } from 'node:test'
import sarif from '../../src/reporters/sarif.ts'
import { allReports, plain } from './fixtures/all-reports.ts'
import { checkReport } from './fixtures/check-report.ts'

interface Log {
  runs: [
    { results: { ruleId: string; ruleIndex: number; level: string; message: { text: string }; locations: object[] }[] },
  ]
}
const parse = (report: Parameters<typeof sarif.render>[0]) => JSON.parse(sarif.render(report, plain)) as Log

test('only what did not hold is a result, failures before warnings, each with its rule and a file', () => {
  const { results } = parse(allReports.check).runs[0]
  assert.deepEqual(
    results.map(({ ruleId, ruleIndex, level }) => [ruleId, ruleIndex, level]),
    [
      ['ws.close.echo-code', 0, 'error'],
      ['threshold.checks: failed==0', 1, 'error'],
      ['ws.utf8.split', 2, 'error'],
      ['ws.ping.latest-only', 3, 'warning'],
    ],
  )
  const config = { ...allReports.check.config, file: 'scenarios/smoke gate.yaml' }
  assert.match(
    JSON.stringify(parse({ ...allReports.check, config }).runs[0].results[0]!.locations),
    /smoke%20gate\.yaml/,
  )
})

test('a message cannot bring a link or a placeholder', () => {
  const checks = [{ ...checkReport().checks[1]!, reason: '[click](https://evil.example) {0}' }]
  const { text } = parse({ ...allReports.check, checks }).runs[0].results[0]!.message
  assert.match(text, /^\\\[click\\\]\(https:\/\/evil\.example\) \{\{0\}\}/)
})

test('more results than code scanning takes are cut, the worst kept', () => {
  const check = checkReport().checks.find(({ verdict }) => verdict === 'warn')
  const many = Array.from({ length: 6000 }, (_, at) => ({ ...check!, id: `ws.many.n${at}` }))
  const { results } = parse({ ...allReports.check, checks: [...many, checkReport().checks[1]!] }).runs[0]
  assert.equal(results.length, 5000)
  assert.equal(results[0]!.ruleId, 'ws.close.echo-code')
})

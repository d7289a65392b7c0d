import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stripVTControlCharacters } from 'node:util'
import table from '../../src/reporters/table.ts'
import { checkReport } from './fixtures/check-report.ts'
import { emptyReport } from './fixtures/base-report.ts'
import { hostileReport } from './fixtures/hostile-report.ts'
import { loadReport } from './fixtures/load-report.ts'
import { outageReport } from './fixtures/outage-report.ts'

const plain = { width: 80, colour: false }
const reports = { load: loadReport(), check: checkReport(), outage: outageReport(), hostile: hostileReport() }

for (const [name, report] of Object.entries(reports)) {
  test(`the ${name} table keeps to 80 and to 50 columns and holds no control character`, () => {
    for (const width of [80, 50]) {
      const lines = table.render(report, { width, colour: false }).split('\n')
      assert.deepEqual(
        lines.filter(line => [...line].length > width),
        [],
      )
      for (const line of lines) assert.doesNotMatch(line, /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}]/u)
    }
  })
}

test('colours change nothing but colours', () => {
  const coloured = table.render(loadReport(), { width: 80, colour: true })
  assert.notEqual(coloured, stripVTControlCharacters(coloured))
  assert.equal(stripVTControlCharacters(coloured), table.render(loadReport(), plain))
})

test('what was lost, how fast it was and why it failed can be read off', () => {
  const text = table.render(loadReport(), plain)
  assert.match(text, /sent +received +lost.*\n +29,820 +29,810 +10 /)
  assert.match(text, /round trip +29,810 +12\.4 ms +23\.6 ms/)
  assert.match(text, /sent, per message +64 +6 +0 +4\.97 +75/)
  assert.match(text, /closed by the server: 1011 × 2/)
  assert.match(text, /refused × 2\n {4}connect ECONNREFUSED/)
  assert.match(text, /✗ +push_latency: p\(95\)<1s +no samples/)
  assert.match(text, /\nFAIL {2}2 of 4 thresholds missed\n$/)
})

test('the last line says what the run came to', () => {
  const last = (change: object) =>
    table
      .render({ ...emptyReport('load'), ...change }, plain)
      .trimEnd()
      .split('\n')
      .at(-1)!
  assert.match(last({ verdict: 'pass' }), /^PASS {2}0 connections opened/)
  assert.match(last({ verdict: 'invalid', validity: { verdict: 'limited', reasons: ['CPU at 99 %'] } }), /CPU at 99 %/)
  const failures = [{ class: 'refused', count: 1, examples: ['connect ECONNREFUSED 127.0.0.1:1'] }]
  assert.match(last({ verdict: 'unreachable', failures }), /^UNREACHABLE .*ECONNREFUSED/)
  assert.match(last({ interrupted: 'SIGINT' }), /^PASS {2}stopped early by SIGINT/)
})

test('failed checks stand by subject before the counts, the worst first, shortened but for the repeating line', () => {
  const again = `failed twice; repeat: rtbench check ws://127.0.0.1/ --only ws.close.octets --wire -`
  const broken = (id: string, verdict: 'fail' | 'warn', observed: string) => ({
    ...checkReport().checks[1]!,
    id,
    verdict,
    observed,
    reason: verdict === 'fail' ? again : '',
    fix: 'Send less.',
  })
  const checks = [
    ...checkReport().checks,
    broken('ws.close.many', 'warn', 'a word '.repeat(60)),
    broken('ws.close.octets', 'fail', `text frame, 64 bytes ${'fe'.repeat(64)} "${'.'.repeat(64)}" and more`),
  ]
  const text = table.render({ ...checkReport(), checks }, { width: 500, colour: false })
  const at = (part: string) => (text.includes(part) ? text.indexOf(part) : assert.fail(`no ${part} in ${text}`))
  const order = [
    'ws close: 2 fail, 1 warn',
    'fail  ws.close.octets',
    'warn  ws.close.many',
    'ws utf8: 1 error',
    'Checks\n',
  ]
  assert.deepEqual(
    order.map(at).toSorted((a, b) => a - b),
    order.map(at),
  )
  assert.match(
    text,
    /observed: text frame, 64 bytes (fe){12}… "\.{23}… and more\n {4}fix: Send less\.\n {4}failed twice; /,
  )
  assert.match(text, /observed: (a word ){34}a …\n/)
  assert.ok(text.includes(again))
  assert.match(text, /\n {2}ws close +0 +0 +0 +1 +0 +2\n/)
  assert.match(text, /\n {2}all +3 +2 +1 +2 +1 +2\n/)
})

test('a limited run says so above its own figures', () => {
  const validity = { verdict: 'limited' as const, reasons: ['send lag p99 80 ms: use more workers'] }
  const text = table.render({ ...loadReport(), validity, verdict: 'invalid' }, plain)
  assert.match(text, /Generator: limited, do not trust/)
  assert.match(text, /use more workers/)
})

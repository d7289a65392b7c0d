import assert from 'node:assert/strict'
import { test } from 'node:test'
import csv from '../../src/reporters/csv.ts'
import { csvRecord } from '../../src/reporters/markup/csv.ts'
import timelineCsv from '../../src/reporters/timeline-csv.ts'
import { allReports, plain } from './fixtures/all-reports.ts'

// RFC 4180, without line ends inside quotes.
const parse = (text: string) =>
  text
    .split('\r\n')
    .slice(0, -1)
    .map(line =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(
        ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare,
      ),
    )

for (const [name, report] of Object.entries(allReports)) {
  test(`each record of the ${name} report has as many cells as the head`, () => {
    for (const reporter of [csv, timelineCsv]) {
      const [head, ...records] = parse(reporter.render(report, plain))
      assert.deepEqual(
        records.filter(record => record.length !== head!.length),
        [],
      )
    }
  })
}

test('metrics and intervals are read back', () => {
  const rtt = parse(csv.render(allReports.load, plain)).find(([name]) => name === 'msg_rtt')!
  assert.deepEqual([rtt[4], rtt[10]], ['29810', '40.639'])
  const intervals = parse(timelineCsv.render(allReports.load, plain))
  assert.equal(intervals.length, 31)
  assert.deepEqual([intervals[0]![0], intervals[13]![0], intervals[13]![5]], ['seconds', '13', ''])
})

test('quotes and commas are quoted, formulas are defused, numbers stay numbers', () => {
  assert.equal(csvRecord(['a,b', 'say "x"', '=1+1', '@f', -5, null]), `"a,b","say ""x""",'=1+1,'@f,-5,`)
})

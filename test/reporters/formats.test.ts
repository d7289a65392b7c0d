import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { reporterAssets } from '../../src/cli/reporter-assets.ts'
import { reporterParts, type Reporter } from '../../src/reporters/reporter.ts'
import { findUnits, loadUnit } from '../../src/world/units.ts'
import { allReports, plain } from './fixtures/all-reports.ts'
import { hostile, hostileReport } from './fixtures/hostile-report.ts'
import { autobahn } from './formats/autobahn.ts'
import { csv } from './formats/csv.ts'
import { ctrf } from './formats/ctrf.ts'
import type { Format } from './formats/format.ts'
import { github } from './formats/github.ts'
import { hlog } from './formats/hlog.ts'
import { html } from './formats/html.ts'
import { json } from './formats/json.ts'
import { junit } from './formats/junit.ts'
import { markdown, summary } from './formats/markdown.ts'
import { ndjson } from './formats/ndjson.ts'
import { openmetrics } from './formats/openmetrics.ts'
import { sarif } from './formats/sarif.ts'
import { table } from './formats/table.ts'
import { tap } from './formats/tap.ts'

const formats: Record<string, Format> = {
  autobahn,
  csv,
  ctrf,
  github,
  hlog,
  html,
  json,
  junit,
  markdown,
  ndjson,
  openmetrics,
  sarif,
  table,
  tap,
  'github-summary': summary,
  gitlab: openmetrics,
  'timeline-csv': csv,
}
const samples = path.resolve(import.meta.dirname, '../../../reports/samples')
const MIB = 1024 * 1024
const long = hostile
  .replaceAll(/[\r\n]/g, ' ')
  .repeat(MIB / 200)
  .slice(0, MIB)
const reports = { ...allReports, 'hostile and long': hostileReport(long) }
// They hold the whole result; what is in it was cut where it was read.
const whole = new Set(['json', 'ndjson', 'autobahn'])

for (const unit of findUnits('reporters', reporterParts)) {
  describe(`the format of ${unit.id}`, async () => {
    const reporter = await loadUnit<Reporter>(unit)
    const format = formats[unit.id]!
    it('has a validator, which refuses what is wrong', async () => {
      assert.ok(format.wrong.length > 0)
      for (const text of format.wrong) {
        const errors = await Promise.resolve(text).then(format.errors).catch(String)
        assert.ok(errors.length > 0, `accepted: ${text.slice(0, 200)}`)
      }
    })
    const own = readdirSync(samples).filter(file => file.startsWith(`${unit.id}.`))
    it('is that of its samples', async () => {
      assert.ok(own.length > 0)
      for (const file of own)
        assert.deepEqual(await format.errors(readFileSync(path.join(samples, file), 'utf8')), [], file)
    })
    for (const [name, report] of Object.entries(reports))
      it(`is that of a ${name} report`, async () => {
        const text = reporter.render(report, { ...plain, assets: reporterAssets(reporter) })
        assert.deepEqual(await format.errors(text), [])
        assert.ok(whole.has(unit.id) || Buffer.byteLength(text) < MIB, `${Buffer.byteLength(text)} bytes`)
      })
  })
}

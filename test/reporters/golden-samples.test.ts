import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { reporterAssets } from '../../src/cli/reporter-assets.ts'
import { reporterParts, type Reporter } from '../../src/reporters/reporter.ts'
import { findUnits, loadUnit } from '../../src/world/units.ts'
import { allReports, plain } from './fixtures/all-reports.ts'

type Kind = keyof typeof allReports

// The reports whose rendering shows most of the format; `load` where none is named.
const everyKind: Kind[] = ['load', 'proxy', 'overhead']
const shown: Record<string, Kind[]> = {
  autobahn: ['check'],
  junit: ['check'],
  ctrf: ['check'],
  tap: ['check'],
  sarif: ['check', 'proxy'],
  github: ['check'],
  table: [...everyKind, 'check'],
  json: everyKind,
  markdown: [...everyKind, 'check'],
  html: everyKind,
}
const folder = path.resolve(import.meta.dirname, '../../../reports/samples')
// UPDATE=1 writes them anew; look at the difference before committing it.
const update = process.env.UPDATE === '1'
// The same buckets compress to other bytes under another zlib.
const withoutBuckets = (text: string) => text.replace(/HIST[\w+/]{20,}=*/g, 'HIST…')

const units = findUnits('reporters', reporterParts)
const expectedFiles: string[] = []

for (const unit of units) {
  const reporter = await loadUnit<Reporter>(unit)
  for (const kind of shown[unit.id] ?? (['load'] as const)) {
    const file = `${unit.id}.${kind}.${reporter.endings[0] ?? 'txt'}`
    expectedFiles.push(file)
    test(`${unit.id} renders its sample reports/samples/${file}`, () => {
      const text = reporter.render(allReports[kind], { ...plain, assets: reporterAssets(reporter) })
      const sample = path.join(folder, file)
      if (update) {
        mkdirSync(folder, { recursive: true })
        writeFileSync(sample, text)
      }
      assert.ok(existsSync(sample), `${file} is missing: run again with UPDATE=1 and look at what it wrote`)
      assert.equal(withoutBuckets(text), withoutBuckets(readFileSync(sample, 'utf8')))
    })
  }
}

test('every reporter has a title, and no two share a file ending', async () => {
  const reporters = await Promise.all(units.map(unit => loadUnit<Reporter>(unit)))
  for (const { title } of reporters) assert.match(title, /\S/)
  const endings = reporters.flatMap(reporter => reporter.endings)
  assert.deepEqual(endings, [...new Set(endings)])
})

test('there is no sample without a reporter', () => {
  assert.deepEqual(readdirSync(folder).sort(), expectedFiles.sort())
})

import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { loadChecks } from '../../src/engine/check/units.ts'
import { autobahnCases } from '../../src/checks/autobahn-cases.ts'
import { sections } from './catalogue/sections.ts'
import { undecided } from './catalogue/undecided.ts'
import { coverageText } from './coverage-text.ts'

const units = await loadChecks()
const file = path.resolve(import.meta.dirname, '../../../reports/coverage.md')

test('reports/coverage.md tells what the checks cover', () => {
  const text = coverageText(units)
  if (process.env['UPDATE'] === '1') writeFileSync(file, text)
  assert.equal(readFileSync(file, 'utf8'), text, 'out of date: run again with UPDATE=1')
})

test('checks name only rows that the catalogue has', () => {
  const known = new Set<string>(Object.values(sections).flatMap(rows => rows.map(([row]) => row)))
  const rows = [...units.flatMap(({ check }) => check.covers.map(({ row }) => row)), ...Object.keys(undecided)]
  assert.deepEqual(
    rows.filter(row => !known.has(row)),
    [],
  )
})

test('the list of Autobahn cases is whole', () => {
  assert.equal(autobahnCases.length, 517)
  assert.equal(new Set(autobahnCases).size, 517)
})

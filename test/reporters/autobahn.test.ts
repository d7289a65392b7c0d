import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadChecks } from '../../src/engine/check/units.ts'
import { checkResult } from '../../src/engine/check/result.ts'
import { planOutput } from '../../src/cli/output-plan.ts'
import { loadReporters } from '../../src/cli/reporters-found.ts'
import { output } from '../../src/config/options/output.ts'
import { readOptions } from '../../src/config/read-options.ts'
import autobahn from '../../src/reporters/autobahn.ts'
import { fakeWorld } from '../cli/fake-world.ts'
import { allReports, plain } from './fixtures/all-reports.ts'

const casesOf = (report: (typeof allReports)['check']) => {
  const agents: Record<string, Record<string, Record<string, unknown>>> = JSON.parse(autobahn.render(report, plain))
  assert.deepEqual(Object.keys(agents).length, 1)
  return Object.values(agents)[0]!
}

test('each verdict has its word, and of several on one case the worst counts', () => {
  const told = Object.entries(casesOf(allReports.check)).map(([id, one]) => [id, one['behavior'], one['behaviorClose']])
  assert.deepEqual(told, [
    ['12.1.1', 'UNIMPLEMENTED', 'UNIMPLEMENTED'],
    ['2.1', 'OK', 'OK'],
    ['2.10', 'NON-STRICT', 'OK'],
    ['2.11', 'NON-STRICT', 'OK'],
    ['6.2.1', 'FAILED', 'FAILED'],
    ['7.1.1', 'FAILED', 'FAILED'],
    ['7.13.1', 'INFORMATIONAL', 'INFORMATIONAL'],
    ['7.3.1', 'FAILED', 'FAILED'],
  ])
})

test('a run of every check has all 517 cases', async () => {
  const checks = (await loadChecks()).map(unit => checkResult(unit, { kind: 'pass', observed: '' }, 1.5))
  const cases = casesOf({ ...allReports.check, checks })
  assert.equal(Object.keys(cases).length, 517)
  assert.deepEqual(cases['1.1.1'], {
    behavior: 'OK',
    behaviorClose: 'OK',
    duration: 2,
    remoteCloseCode: null,
    reportfile: '',
  })
})

test('a folder gets its index.json, a name with the ending is that of the file', async () => {
  const reporters = await loadReporters()
  const fileOf = (word: string) =>
    planOutput(readOptions(output, { output: [word] }), reporters, fakeWorld()).files.map(({ file }) => file)
  assert.deepEqual(fileOf('autobahn=reports/servers'), ['reports/servers/index.json'])
  assert.deepEqual(fileOf('autobahn=reports.d/'), ['reports.d/index.json'])
  assert.deepEqual(fileOf('autobahn=x.json'), ['x.json'])
  assert.deepEqual(fileOf('x.autobahn.json'), ['x.autobahn.json'])
})

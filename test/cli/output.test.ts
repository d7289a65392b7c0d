import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { planOutput } from '../../src/cli/output-plan.ts'
import { loadReporters } from '../../src/cli/reporters-found.ts'
import { wantsColour, writeReport } from '../../src/cli/write-report.ts'
import { output } from '../../src/config/options/output.ts'
import { type Given, readOptions } from '../../src/config/read-options.ts'
import { fakeWorld } from './fake-world.ts'
import { sampleReport } from './sample-report.ts'

const reporters = await loadReporters()
const plan = (given: Given) => planOutput(readOptions(output, given), reporters, fakeWorld())

describe('where results go', () => {
  it('a table to stdout by default', () => assert.equal(plan({}).stdout, reporters.get('table')))
  it('another format by name, --json for short, nothing with --quiet', () => {
    assert.equal(plan({ format: 'ndjson' }).stdout, reporters.get('ndjson'))
    assert.equal(plan({ json: true }).stdout, reporters.get('json'))
    assert.equal(plan({ json: true, format: 'json' }).stdout, reporters.get('json'))
    assert.equal(plan({ quiet: true }).stdout, null)
  })
  it('to files by their endings or by name', () => {
    const { files } = plan({ output: ['a.json', 'b.ndjson', 'ndjson=c.json', 'dir=x/y.TXT'.replace('dir=', '')] })
    assert.deepEqual(
      files.map(({ file, reporter }) => [file, reporter]),
      [
        ['a.json', reporters.get('json')],
        ['b.ndjson', reporters.get('ndjson')],
        ['c.json', reporters.get('ndjson')],
        ['x/y.TXT', reporters.get('table')],
      ],
    )
  })
  const refused: [Given, RegExp][] = [
    [{ json: true, format: 'table' }, /--json and --format table exclude/],
    [{ quiet: true, json: true }, /--quiet prints nothing, --json asks/],
    [{ quiet: true, format: 'table' }, /--quiet prints nothing, --format asks/],
    [{ format: 'jsn' }, /--format: there is no format "jsn": did you mean json/],
    [{ format: 'constructor' }, /there is no format/],
    [{ output: 'a.xyz' }, /--output "a.xyz": its ending names no format; use one of .*\.json/],
    [{ output: 'jsn=a' }, /--output: there is no format "jsn"/],
    [{ output: '-' }, /--output needs the name of a file/],
    [{ output: 'json=' }, /--output needs the name of a file/],
    [{ output: ['a.json', 'ndjson=a.json'] }, /"a.json" is given twice/],
    [{ output: '/locked/a.json' }, /cannot be written: permission denied/],
  ]
  for (const [given, sentence] of refused)
    it(`refuses ${JSON.stringify(given)} before the run`, () => assert.throws(() => plan(given), sentence))
})

describe('writing', () => {
  it('fills stdout and files with the same result', async () => {
    const world = fakeWorld()
    await writeReport(sampleReport(), plan({ json: true, output: 'a.json' }), world)
    assert.deepEqual(JSON.parse(world.stdout), sampleReport())
    assert.deepEqual(JSON.parse(world.files.get('a.json')!), sampleReport())
  })
  it('still prints when a file cannot be written, and then says so', async () => {
    const world = fakeWorld()
    await assert.rejects(
      writeReport(sampleReport(), plan({ output: ['/full/a.json', 'b.json'] }), world),
      /--output "\/full\/a.json" could not be written: no space left/,
    )
    assert.match(world.stdout, /PASS/i)
    assert.ok(world.files.has('b.json'))
    assert.ok(world.files.has('/tmp/kept/a.json'), 'what had no room is kept elsewhere')
  })
  it('is in colour only on a terminal, unless NO_COLOR or FORCE_COLOR say otherwise', () => {
    const on = { outIsTerminal: true }
    assert.equal(wantsColour({ ...on, env: {} }), true)
    assert.equal(wantsColour({ ...on, env: { NO_COLOR: '1' } }), false)
    assert.equal(wantsColour({ ...on, env: { TERM: 'dumb' } }), false)
    assert.equal(wantsColour({ outIsTerminal: false, env: {} }), false)
    assert.equal(wantsColour({ outIsTerminal: false, env: { FORCE_COLOR: '1' } }), true)
    assert.equal(wantsColour({ outIsTerminal: true, env: { FORCE_COLOR: '1', NO_COLOR: '1' } }), false)
  })
})

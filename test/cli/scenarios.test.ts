import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import type { Report } from '../../src/report/report.ts'
import { rtbench } from './run-rtbench.ts'

const folder = path.resolve(import.meta.dirname, '../../../scenarios')
const files = readdirSync(folder).filter(name => name.endsWith('.yaml'))

describe('ready-made scenarios', () => {
  it('are there', () => assert.ok(files.length >= 6))
  for (const name of files) {
    it(`${name} says what it is for`, () => {
      const [schema, blank, first] = readFileSync(path.join(folder, name), 'utf8').split('\n')
      assert.equal(schema, '# yaml-language-server: $schema=scenario.schema.json')
      assert.equal(blank, '#')
      assert.match(first!, /^# [A-Z].{40,}/)
    })
    it(`${name} holds on the embedded endpoint`, async () => {
      const { code, stdout, stderr } = await rtbench(['run', path.join(folder, name), '--json', '--allow-limited'])
      const reports = stdout === '' ? [] : ([JSON.parse(stdout)].flat() as Report[])
      const missed = reports.flatMap(({ thresholds }) => thresholds.filter(({ ok }) => !ok))
      assert.equal(code, 0, `${stderr}${JSON.stringify(missed)}`)
    })
  }
})

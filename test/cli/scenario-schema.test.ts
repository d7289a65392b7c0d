import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { parse } from 'yaml'
import { publishedSchema } from '../../src/config/scenario-schema.ts'
import { stepCommands } from '../../src/cli/step-commands.ts'

const folder = path.resolve(import.meta.dirname, '../../../scenarios')
const file = path.join(folder, 'scenario.schema.json')
const schema = publishedSchema(await stepCommands())

describe('scenarios/scenario.schema.json', () => {
  it('is what the options say; UPDATE=1 writes it anew', () => {
    const text = `${JSON.stringify(schema, null, 2)}\n`
    if (process.env['UPDATE'] === '1') writeFileSync(file, text)
    assert.ok(readFileSync(file, 'utf8') === text, 'run this test with UPDATE=1')
  })
  const validate = new Ajv2020({ allowUnionTypes: true }).compile(schema)
  for (const name of readdirSync(folder).filter(entry => entry.endsWith('.yaml')))
    it(`holds for ${name}`, () => {
      const isValid = validate(parse(readFileSync(path.join(folder, name), 'utf8')))
      assert.ok(isValid, JSON.stringify(validate.errors, null, 2))
    })
  it('lets a reference to the environment stand for any value', () => {
    const step = { command: 'load', transport: '${T}', deflate: '${D}', connections: '${N}' }
    assert.ok(validate({ steps: [step] }), JSON.stringify(validate.errors))
  })
  it('refuses keys that do not exist', () => assert.ok(!validate({ steps: [{ command: 'load', conections: 1 }] })))
})

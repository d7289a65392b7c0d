import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Ajv } from 'ajv'
import type { Format } from './format.ts'
import { told } from './sarif.ts'

const file = path.resolve(import.meta.dirname, '../../../../reports/report.schema.json')
const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(JSON.parse(readFileSync(file, 'utf8')))

export const json: Format = {
  errors: text => (validate(JSON.parse(text)) ? [] : told(validate.errors)),
  wrong: ['{}', '{"schema":1,"tool":{"name":"rtbench","version":"1"},"kind":"load"}'],
}

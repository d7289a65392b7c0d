import { Ajv } from 'ajv'
import type { Format } from './format.ts'
import { told } from './sarif.ts'

// There is no schema: the words of autobahntestsuite/case/case.py, and what fuzzing.py puts into index.json.
const behavior = {
  enum: [
    'OK',
    'NON-STRICT',
    'WRONG CODE',
    'UNCLEAN',
    'FAILED',
    'INFORMATIONAL',
    'UNIMPLEMENTED',
    'FAILED BY CLIENT',
    'NO CLOSE',
  ],
}
const one = {
  type: 'object',
  additionalProperties: false,
  required: ['behavior', 'behaviorClose', 'duration', 'remoteCloseCode', 'reportfile'],
  properties: {
    behavior,
    behaviorClose: behavior,
    duration: { type: 'integer', minimum: 0 },
    remoteCloseCode: { type: ['integer', 'null'] },
    reportfile: { type: 'string' },
  },
}
const cases = { type: 'object', propertyNames: { pattern: String.raw`^\d+\.\d+(\.\d+)?$` }, additionalProperties: one }
const validate = new Ajv({ allowUnionTypes: true }).compile({
  type: 'object',
  minProperties: 1,
  additionalProperties: cases,
})

export const autobahn: Format = {
  errors: text => (validate(JSON.parse(text)) ? [] : told(validate.errors)),
  wrong: ['{}', '{"a":{"1.1.1":{"behavior":"PASS"}}}', '{"a":{"one":{}}}'],
}

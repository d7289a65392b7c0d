import { createRequire } from 'node:module'
import { Ajv, type ErrorObject } from 'ajv'
import formats from 'ajv-formats'
import type { Format } from './format.ts'

// The schema of OASIS, as Microsoft's SDK carries it. Of JSON Schema draft 4 it uses nothing that later drafts read
// otherwise, but for the words that name it.
const {
  $schema: _draft,
  id: _id,
  ...schema
} = createRequire(import.meta.url)('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json') as Record<
  string,
  unknown
>
// One pattern of the schema is no regular expression in Unicode mode.
const ajv = new Ajv({ strictTypes: false, allErrors: true, unicodeRegExp: false })
formats.default(ajv)
const validate = ajv.compile(schema)

export const told = (errors: ErrorObject[] | null | undefined): string[] =>
  (errors ?? []).map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`)

export const sarif: Format = {
  errors: text => (validate(JSON.parse(text)) ? [] : told(validate.errors)),
  wrong: [
    '{"version":"2.1.0"}',
    '{"version":"2.1.0","runs":[{"tool":{"driver":{}}}]}',
    '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"a"}},"results":[{"message":{"text":"a"},"level":"bad"}]}]}',
    '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"a"}},"results":[{"message":{"text":"a"},"own":1}]}]}',
  ],
}

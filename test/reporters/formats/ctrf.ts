import { validate } from 'ctrf'
import type { Format } from './format.ts'

/** By the schema of the format's own package. */
export const ctrf: Format = {
  errors(text) {
    const { valid, errors } = validate(JSON.parse(text))
    return valid ? [] : [JSON.stringify(errors)]
  },
  wrong: ['{}', '{"reportFormat":"CTRF","specVersion":"0.0.0","results":{"tool":{"name":"a"},"summary":{}}}'],
}

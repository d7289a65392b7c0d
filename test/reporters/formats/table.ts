import type { Format } from './format.ts'

/** Lines for a terminal of 80 columns, without a character that could move its cursor. */
export const table: Format = {
  errors: text =>
    text.split('\n').filter(line => [...line].length > 80 || /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(line)),
  wrong: ['a'.repeat(81), '\x1b[2J', '\u202e'],
}

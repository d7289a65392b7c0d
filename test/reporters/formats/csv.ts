import { parse } from 'csv-parse/sync'
import type { Format } from './format.ts'

/** RFC 4180 by a strict parser, no cell of which a spreadsheet would run: those begin with = + - @, tab or CR. */
export const csv: Format = {
  errors(text) {
    try {
      const records = parse(text, { record_delimiter: '\r\n', relax_quotes: false, relax_column_count: false })
      return records.flat().filter(cell => /^[=+\-@\t\r]/.test(cell) && !Number.isFinite(Number(cell)))
    } catch (error) {
      return [String(error)]
    }
  },
  wrong: ['a,b\r\n1\r\n', 'a\r\n"b\r\n', 'a\r\nb"c\r\n', 'a\r\n=1+1\r\n'],
}

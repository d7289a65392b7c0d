import { plainLine } from '../../report/text.ts'

/** One RFC 4180 record. A text that a spreadsheet would run as a formula gets an apostrophe in front. */
export function csvRecord(cells: readonly (string | number | null | undefined)[]): string {
  return cells.map(cell => (typeof cell === 'string' ? textCell(cell) : String(cell ?? ''))).join(',')
}

function textCell(text: string): string {
  const plain = plainLine(text)
  const inert = /^[=+\-@]/.test(plain) ? `'${plain}` : plain
  return /[",]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert
}

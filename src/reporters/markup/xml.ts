import { plainLine } from '../../report/text.ts'

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }

/** Text that is the same in XML and HTML, in an element or in a quoted attribute; one line, no control characters. */
export function escapeXml(text: string, most?: number): string {
  return escapeEntities(plainLine(text, most))
}

/** For our own texts of several lines, whose characters are already harmless. */
export function escapeEntities(text: string): string {
  return text.replace(/[&<>"']/g, character => entities[character]!)
}

/** ` name="value"` for each attribute. */
export function xmlAttributes(attributes: Record<string, string | number>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join('')
}

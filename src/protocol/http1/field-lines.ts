import type { HeadNote } from './head.ts'

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

/** The lines of a head or trailer section, up to its blank line, without their line ends. */
export function splitLines(text: string, notes: HeadNote[]): string[] {
  const lines: string[] = []
  let from = 0
  while (from < text.length) {
    const lineFeed = text.indexOf('\n', from)
    const end = lineFeed === -1 ? text.length : lineFeed
    const hasCr = end > from && text.charCodeAt(end - 1) === 13
    if (!hasCr) notes.push({ kind: 'bare-lf', line: lines.length })
    const line = text.slice(from, hasCr ? end - 1 : end)
    if (line === '') break
    lines.push(line)
    from = end + 1
  }
  return lines
}

/** Header fields from lines[first…]; deviations that a tolerant recipient survives become notes. */
export function parseFields(lines: string[], first: number, notes: HeadNote[]): [string, string][] {
  const headers: [string, string][] = []
  for (let index = first; index < lines.length; index += 1) {
    const line = lines[index]!
    const code = line.charCodeAt(0)
    if (code === 32 || code === 9) {
      const last = headers.at(-1)
      if (last === undefined) notes.push({ kind: 'space-before-first-field', line: index })
      else {
        // RFC 9112 §5.2: a recipient replaces an obs-fold by a space.
        last[1] = `${last[1]} ${trimWhitespace(line)}`.trim()
        notes.push({ kind: 'obs-fold', line: index })
      }
      continue
    }
    const colon = line.indexOf(':')
    if (colon === -1) {
      notes.push({ kind: 'no-colon', line: index })
      continue
    }
    let name = line.slice(0, colon)
    if (!TOKEN.test(name)) {
      const trimmed = trimWhitespace(name)
      notes.push({ kind: TOKEN.test(trimmed) ? 'space-before-colon' : 'bad-name', line: index })
      name = trimmed
    }
    headers.push([name, trimWhitespace(line.slice(colon + 1))])
  }
  return headers
}

/** Notes each line with bytes that a field may not (controls, a lone CR) or should not (obs-text) hold. */
export function noteOddBytes(lines: string[], notes: HeadNote[]): void {
  lines.forEach((line, index) => {
    if (line.includes('\r')) notes.push({ kind: 'bare-cr', line: index })
    if (/[\x00-\x08\x0a-\x0c\x0e-\x1f\x7f]/.test(line)) notes.push({ kind: 'control-byte', line: index })
    if (/[\x80-\xff]/.test(line)) notes.push({ kind: 'non-ascii', line: index })
  })
}

/** Cuts SP and HTAB only: String.trim would also take U+00A0, a byte of obs-text. */
export function trimWhitespace(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isWhitespace(text.charCodeAt(start))) start += 1
  while (end > start && isWhitespace(text.charCodeAt(end - 1))) end -= 1
  return start === 0 && end === text.length ? text : text.slice(start, end)
}

function isWhitespace(code: number): boolean {
  return code === 32 || code === 9
}

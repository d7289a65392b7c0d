/** How a head deviates from RFC 9112; `line` counts from 0, the start line. */
export interface HeadNote {
  kind:
    | 'leading-blank-line'
    | 'bare-lf'
    | 'bare-cr'
    | 'start-line-spacing'
    | 'status-out-of-range'
    | 'obs-fold'
    | 'space-before-first-field'
    | 'space-before-colon'
    | 'no-colon'
    | 'bad-name'
    | 'control-byte'
    | 'non-ascii'
  line: number
}

/** A response head. Bytes are mapped one to one to U+0000–U+00FF, so that no byte is lost. */
export interface ResponseHead {
  /** `1.1` of `HTTP/1.1`. */
  version: string
  status: number
  reason: string
  /** In wire order, values without surrounding white space, names in the sender's case. */
  headers: [string, string][]
  /** Exact length on the wire, with skipped blank lines before and the blank line after. */
  bytes: number
  notes: readonly HeadNote[]
  /** Each line without its line end, only if the reader was asked to keep them. */
  lines?: string[]
}

/** A request head; the same conventions as {@link ResponseHead}. */
export interface RequestHead {
  method: string
  target: string
  version: string
  headers: [string, string][]
  bytes: number
  notes: readonly HeadNote[]
  lines?: string[]
}

/** Anything with header fields: a head or a trailer section. */
export interface Fields {
  headers: [string, string][]
}

/** The first field of that name, in any case. */
export function header(fields: Fields, name: string): string | undefined {
  const wanted = name.toLowerCase()
  for (const [key, value] of fields.headers) {
    if (key.length === wanted.length && key.toLowerCase() === wanted) return value
  }
  return undefined
}

/** Every field of that name in wire order. */
export function headerAll(fields: Fields, name: string): string[] {
  const wanted = name.toLowerCase()
  const values: string[] = []
  for (const [key, value] of fields.headers) {
    if (key.length === wanted.length && key.toLowerCase() === wanted) values.push(value)
  }
  return values
}

/** The comma separated members of all fields of that name (RFC 9110 §5.6.1); commas in quoted strings do not split. */
export function headerList(fields: Fields, name: string): string[] {
  const members: string[] = []
  for (const value of headerAll(fields, name)) {
    for (const part of splitOutsideQuotes(value, ',')) {
      if (part !== '') members.push(part)
    }
  }
  return members
}

/** Whether a list field such as Connection or Upgrade holds the token, in any case. */
export function headerHasToken(fields: Fields, name: string, token: string): boolean {
  const wanted = token.toLowerCase()
  return headerList(fields, name).some(member => member.toLowerCase() === wanted)
}

/** Splits at a separator that stands outside quoted strings (RFC 9110 §5.6.4); parts are trimmed. */
export function splitOutsideQuotes(text: string, separator: string): string[] {
  if (!text.includes(separator)) return [text.trim()]
  const parts: string[] = []
  let quoted = false
  let from = 0
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]
    if (quoted && character === '\\') at += 1
    else if (character === '"') quoted = !quoted
    else if (!quoted && character === separator) {
      parts.push(text.slice(from, at).trim())
      from = at + 1
    }
  }
  parts.push(text.slice(from).trim())
  return parts
}

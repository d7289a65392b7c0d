/** One member of a Sec-WebSocket-Extensions list (RFC 6455 §9.1). */
export interface Extension {
  name: string
  /** In wire order, duplicates kept; null for a parameter without a value. Quoted values stand unquoted. */
  parameters: [name: string, value: string | null][]
}

/** The members, or where the text stops following the grammar. */
export type ParsedExtensions = { ok: true; extensions: Extension[] } | { ok: false; at: number; text: string }

const TOKEN = /[!#$%&'*+\-.^_`|~0-9A-Za-z]+/y
const SPACE = /[ \t]*/y
// RFC 6455 §9.1: the value of a quoted string must be a token once it is unquoted.
const QUOTED = /"((?:[^"\\]|\\.)*)"/y
const WHOLE_TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

/** Parses one header value or several joined by commas; empty list members are allowed as everywhere in HTTP. */
export function parseExtensions(text: string): ParsedExtensions {
  const extensions: Extension[] = []
  let at = skip(text, 0)
  while (at < text.length) {
    if (text[at] === ',') {
      at = skip(text, at + 1)
      continue
    }
    const name = match(TOKEN, text, at)
    if (name === null) return fault(text, at, 'an extension name')
    const extension: Extension = { name: name[0], parameters: [] }
    at = skip(text, at + name[0].length)
    while (text[at] === ';') {
      at = skip(text, at + 1)
      const key = match(TOKEN, text, at)
      if (key === null) return fault(text, at, 'a parameter name')
      at = skip(text, at + key[0].length)
      let value: string | null = null
      if (text[at] === '=') {
        at = skip(text, at + 1)
        const token = match(TOKEN, text, at)
        const quoted = token === null ? match(QUOTED, text, at) : null
        value = token?.[0] ?? quoted?.[1]?.replaceAll(/\\(.)/gs, '$1') ?? ''
        if (!WHOLE_TOKEN.test(value)) return fault(text, at, 'a parameter value')
        at = skip(text, at + (token ?? quoted)![0].length)
      }
      extension.parameters.push([key[0], value])
    }
    if (at < text.length && text[at] !== ',') return fault(text, at, 'a comma or semicolon')
    extensions.push(extension)
  }
  return { ok: true, extensions }
}

/** The list as a header value; values that are no tokens are written quoted. */
export function formatExtensions(extensions: readonly Extension[]): string {
  return extensions
    .map(({ name, parameters }) => [name, ...parameters.map(([key, value]) => formatParameter(key, value))].join('; '))
    .join(', ')
}

function formatParameter(key: string, value: string | null): string {
  if (value === null) return key
  return WHOLE_TOKEN.test(value) ? `${key}=${value}` : `${key}="${value.replaceAll(/["\\]/g, '\\$&')}"`
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

function skip(text: string, at: number): number {
  return at + match(SPACE, text, at)![0].length
}

function fault(text: string, at: number, expected: string): ParsedExtensions {
  return { ok: false, at, text: at < text.length ? `expected ${expected} at column ${at}` : `ends before ${expected}` }
}

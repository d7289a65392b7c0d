import { splitOutsideQuotes } from './head.ts'

/** A Content-Type as a browser understands it (MIME Sniffing §4.4). */
export interface MediaType {
  /** `type/subtype` in lower case. */
  essence: string
  /** Names in lower case; the first of equal names counts, malformed parameters are left out. */
  parameters: Map<string, string>
}

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
const QUOTED_STRING_CHARACTERS = /^[\t\x20-\x7e\x80-\xff]*$/

/** Parses a Content-Type; undefined where a browser finds no media type at all. */
export function parseMediaType(value: string): MediaType | undefined {
  const [essence = '', ...rest] = splitOutsideQuotes(value, ';')
  const [type = '', subtype = '', ...more] = essence.split('/')
  if (!TOKEN.test(type) || !TOKEN.test(subtype) || more.length > 0) return undefined
  const parameters = new Map<string, string>()
  for (const part of rest) {
    const equals = part.indexOf('=')
    if (equals === -1) continue
    const name = part.slice(0, equals).toLowerCase()
    const text = unquote(part.slice(equals + 1))
    if (TOKEN.test(name) && text !== undefined && !parameters.has(name)) parameters.set(name, text)
  }
  return { essence: essence.toLowerCase(), parameters }
}

// A quoted string may be empty and may lack its closing quote; a bare value may not be empty.
function unquote(value: string): string | undefined {
  const text = value.startsWith('"') ? /^"((?:\\.|[^"\\])*)/s.exec(value)![1]!.replace(/\\(.)/gs, '$1') : value
  if (text === '' && !value.startsWith('"')) return undefined
  return QUOTED_STRING_CHARACTERS.test(text) ? text : undefined
}

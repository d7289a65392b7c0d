// How a long poll says what it has already seen: `--cursor SPEC`.
import { UsageError } from './errors.ts'
import type { CursorConfig } from './run-config.ts'
import { type Parse, quote } from './units.ts'

const TOKEN = String.raw`[!#$%&'*+.^_\`|~0-9A-Za-z-]+`
const FORMS = 'query:since=json:last, query:since=header:Name, header:A=header:B, etag or none'

/** What the documentation promises when nothing is said. */
export const DEFAULT_CURSOR: CursorConfig = { kind: 'query-json', name: 'since', key: 'last' }

export const parseCursor: Parse<CursorConfig> = (text, flag) => {
  if (text === 'etag' || text === 'none') return { kind: text }
  const [, name, source, key] = /^query:([^=&#\s]+)=(json|header):(\S+)$/.exec(text) ?? []
  if (name !== undefined && key !== undefined) {
    if (source === 'json') return { kind: 'query-json', name, key }
    if (new RegExp(`^${TOKEN}$`).test(key)) return { kind: 'query-header', name, header: key }
  }
  if (text.startsWith('header:'))
    return { kind: 'header', pairs: text.split(',').map(pair => readPair(pair, text, flag)) }
  throw new UsageError(`${flag} ${quote(text)} is not a cursor: write ${FORMS}`)
}

function readPair(pair: string, text: string, flag: string): { request: string; response: string } {
  const [, request, response] = new RegExp(`^header:(${TOKEN})=header:(${TOKEN})$`).exec(pair.trim()) ?? []
  if (request === undefined || response === undefined)
    throw new UsageError(
      `${flag} ${quote(text)}: ${quote(pair)} is not a pair: write header:If-None-Match=header:Etag, more after a comma`,
    )
  return { request, response }
}

/** The text that `parseCursor` reads back to the same cursor. */
export function formatCursor(cursor: CursorConfig): string {
  if (cursor.kind === 'query-json') return `query:${cursor.name}=json:${cursor.key}`
  if (cursor.kind === 'query-header') return `query:${cursor.name}=header:${cursor.header}`
  if (cursor.kind === 'header')
    return cursor.pairs.map(({ request, response }) => `header:${request}=header:${response}`).join(',')
  return cursor.kind
}

import type { CursorConfig, HeaderLine } from '../../config/run-config.ts'
import { header, type ResponseHead } from '../http1/head.ts'

/** Where a chain of polls stands: what the next request adds to its query and headers. */
export interface Cursor {
  query: string
  headers: HeaderLine[]
}

export const START: Cursor = { query: '', headers: [] }

// A value from the other side goes into our request: without this a hostile server could write header lines.
const safeForHeader = (value: string): string => value.replace(/[^\t\x20-\x7e\x80-\xff]/g, '').slice(0, 4096)

/**
 * The cursor after an answer; the old one where the answer carries none. `body` is the whole decoded body.
 */
export function nextCursor(config: CursorConfig, current: Cursor, head: ResponseHead, body: Buffer): Cursor {
  switch (config.kind) {
    case 'query-json': {
      const value = topLevelField(body, config.key)
      return value === null ? current : { query: `${config.name}=${encodeURIComponent(value)}`, headers: [] }
    }
    case 'query-header': {
      const value = header(head, config.header)
      return value === undefined ? current : { query: `${config.name}=${encodeURIComponent(value)}`, headers: [] }
    }
    case 'header':
      return withHeaders(config.pairs, current, head)
    case 'etag':
      return withHeaders(VALIDATORS, current, head)
    case 'none':
      return START
  }
}

const VALIDATORS = [
  { request: 'If-None-Match', response: 'ETag' },
  { request: 'If-Modified-Since', response: 'Last-Modified' },
]

function withHeaders(
  pairs: readonly { request: string; response: string }[],
  current: Cursor,
  head: ResponseHead,
): Cursor {
  const headers: HeaderLine[] = []
  for (const { request, response } of pairs) {
    const value = header(head, response)
    if (value !== undefined) headers.push([request, safeForHeader(value)])
  }
  return headers.length === 0 ? current : { query: '', headers }
}

/** A string or number at the top level of a JSON object; null where there is none. */
export function topLevelField(body: Buffer, key: string): string | null {
  if (body.length === 0) return null
  const early = leadingNumber(body, key)
  if (early !== null) return early
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    if (typeof value !== 'object' || value === null) return null
    const field = (value as Record<string, unknown>)[key]
    return typeof field === 'string' || typeof field === 'number' ? String(field) : null
  } catch {
    return null
  }
}

// The first field of the object, where it is an integer, needs no parsing of the rest: `{"last":17,…`.
function leadingNumber(body: Buffer, key: string): string | null {
  const keyEnd = 2 + key.length
  if (body[0] !== 0x7b || body[1] !== 0x22 || body[keyEnd] !== 0x22 || body[keyEnd + 1] !== 0x3a) return null
  for (let i = 0; i < key.length; i += 1) if (body[2 + i] !== key.charCodeAt(i)) return null
  const start = keyEnd + 2
  let end = start
  while (end < body.length && body[end]! >= 0x30 && body[end]! <= 0x39) end += 1
  const follows = body[end]
  if (end === start || (follows !== 0x2c && follows !== 0x7d)) return null
  return body.toString('latin1', start, end)
}

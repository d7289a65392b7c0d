// Header lines of `-H`, `--cookie` and `--user`.
import { UsageError } from './errors.ts'
import type { HeaderLine } from './run-config.ts'
import { type Parse, quote } from './units.ts'

const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
// RFC 9110 §5.5: anything but control characters, tabs allowed inside. Above U+00FF a header cannot be sent.
const VALUE = /^[\t\u0020-\u007e\u0080-\u00ff]*$/

// The drivers write these themselves; a second one would make the request invalid or untrue.
const OURS = new Set([
  'connection',
  'upgrade',
  'content-length',
  'transfer-encoding',
  'sec-websocket-key',
  'sec-websocket-version',
])

export const parseHeader: Parse<HeaderLine> = (text, flag) => {
  const colon = text.indexOf(':')
  if (colon < 0) throw new UsageError(`${flag} ${quote(text)} has no colon: write 'Name: value'`)
  const name = text.slice(0, colon).trim()
  const value = text.slice(colon + 1).trim()
  if (!NAME.test(name)) throw new UsageError(`${flag} ${quote(text)}: ${quote(name)} is not a header name`)
  if (!VALUE.test(value))
    throw new UsageError(`${flag} '${name}: …': the value has a character that no header can carry`)
  if (OURS.has(name.toLowerCase())) throw new UsageError(`${flag} ${name}: rtbench writes this header itself`)
  if (name.toLowerCase() === 'sec-websocket-protocol')
    throw new UsageError(`${flag} ${name}: write --subprotocol ${value || 'NAME'}`)
  return [name, value]
}

export const parseCookie: Parse<string> = (text, flag) => {
  if (!text.includes('=') || !VALUE.test(text))
    throw new UsageError(`${flag} ${quote(text)} is not a cookie: write name=value`)
  return text
}

/** `user:password` as the value of an Authorization header. */
export const parseUser: Parse<string> = (text, flag) => {
  if (!text.includes(':') || text.startsWith(':'))
    throw new UsageError(`${flag} needs a name and a password: write name:password`)
  return `Basic ${Buffer.from(text, 'utf8').toString('base64')}`
}

export const parseSubprotocol: Parse<string> = (text, flag) => {
  if (!NAME.test(text))
    throw new UsageError(`${flag} ${quote(text)} is not a subprotocol name: one word, the option may be repeated`)
  return text
}

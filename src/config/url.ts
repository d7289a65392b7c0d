// The address of a target as the user wrote it.
import { UsageError } from './errors.ts'
import { type Parse, quote } from './units.ts'

const SCHEMES = new Set(['ws:', 'wss:', 'http:', 'https:'])

/** Checks a target URL and gives it back normalised. A fragment never travels, so it is refused (RFC 6455 §3). */
export const parseTargetUrl: Parse<string> = (text, flag) => {
  const url = readUrl(text, flag, 'ws')
  if (!SCHEMES.has(url.protocol))
    throw new UsageError(
      `${flag} ${quote(text)}: the scheme ${url.protocol}// is not one of ws://, wss://, http://, https://`,
    )
  if (url.hash !== '') throw new UsageError(`${flag} ${quote(text)}: the part from # on is never sent; leave it out`)
  return url.href
}

export const parseHttpUrl: Parse<string> = (text, flag) => {
  const url = readUrl(text, flag, 'http')
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new UsageError(`${flag} ${quote(text)}: write an http:// or https:// address`)
  return url.href
}

function readUrl(text: string, flag: string, scheme: 'ws' | 'http'): URL {
  const bare = /^(?:\[[\da-fA-F:.]+\]|[\w.-]+)(?::\d+)?(?:[/?].*)?$/.test(text)
  if (bare && !text.startsWith('/'))
    throw new UsageError(
      scheme === 'ws'
        ? `${flag} ${quote(text)} has no scheme: write ws://${text}, or http://${text} for Server-Sent Events and long polling`
        : `${flag} ${quote(text)} has no scheme: write http://${text}`,
    )
  if (!URL.canParse(text) || new URL(text).hostname === '')
    throw new UsageError(`${flag} ${quote(text)} is not a URL: write ${scheme}://host:port/path`)
  return new URL(text)
}

/** `host:port`, also `[::1]:8080`. */
export const parseHostPort: Parse<{ host: string; port: number }> = (text, flag) => {
  const [, bracketed, plain, digits] = /^(?:\[([\da-fA-F:.]+)\]|([^\s:/[\]]+)):(\d{1,5})$/.exec(text) ?? []
  const port = Number(digits)
  const host = bracketed ?? plain
  if (host === undefined || !(port >= 1 && port <= 65_535))
    throw new UsageError(`${flag} ${quote(text)} is not host:port: write 10.0.0.5:8080 or [::1]:8080`)
  return { host, port }
}

export const parsePort: Parse<number> = (text, flag) => {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new UsageError(`${flag} ${quote(text)} is not a port: write 0 to 65535`)
  return Number(text)
}

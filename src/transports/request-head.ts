import type { HeaderLine } from '../config/run-config.ts'
import type { DialTarget } from '../wire/dial.ts'
import type { RequestParts } from './transport.ts'

/** The bytes of a GET. The user's headers replace ours of the same name, as in curl. */
export function getRequest(parts: RequestParts, to: DialTarget, query: string, own: HeaderLine[]): Buffer {
  const joint = to.requestTarget.includes('?') ? '&' : '?'
  const target = query === '' ? to.requestTarget : `${to.requestTarget}${joint}${query}`
  const given = new Set(parts.headers.map(([name]) => name.toLowerCase()))
  const lines = [`GET ${target} HTTP/1.1`]
  for (const [name, value] of [['Host', to.authority] as HeaderLine, ...own]) {
    if (!given.has(name.toLowerCase())) lines.push(`${name}: ${value}`)
  }
  for (const [name, value] of parts.headers) lines.push(`${name}: ${value}`)
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1')
}

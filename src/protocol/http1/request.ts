/** The lines of a request head. Nothing is added, reordered or escaped: what is sent is what was asked for. */
export interface RequestLines {
  method: string
  target: string
  /** Default 1.1. */
  version?: string
  headers: Iterable<readonly [string, string]>
}

/** A well-formed request head as bytes; refuses values that would end a line or a field early. */
export function encodeRequestHead(request: RequestLines): Buffer {
  const { method, target, version = '1.1' } = request
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(method)) throw new RangeError(`not a request method: ${quote(method)}`)
  if (!/^[\x21-\x7e]+$/.test(target)) throw new RangeError(`not a request target: ${quote(target)}`)
  const lines = [`${method} ${target} HTTP/${version}`]
  for (const [name, value] of request.headers) lines.push(fieldLine(name, value))
  return encodeVerbatimHead(lines)
}

/** A head from any lines, joined by any line end, for deliberate malformations; U+0000–U+00FF are sent as bytes. */
export function encodeVerbatimHead(lines: readonly string[], lineEnd = '\r\n'): Buffer {
  return Buffer.from(`${lines.join(lineEnd)}${lineEnd}${lineEnd}`, 'latin1')
}

/** One field line; text beyond Latin-1 is sent as UTF-8, as clients do with Last-Event-ID (HTML §9.2.4). */
export function fieldLine(name: string, value: string): string {
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) throw new RangeError(`not a header name: ${quote(name)}`)
  if (/[\0\r\n]/.test(value)) throw new RangeError(`the header ${name} cannot hold a line break or NUL`)
  const bytes = /[^\x00-\xff]/.test(value) ? Buffer.from(value, 'utf8').toString('latin1') : value
  return bytes === '' ? `${name}:` : `${name}: ${bytes}`
}

function quote(text: string): string {
  return JSON.stringify(text.slice(0, 80))
}

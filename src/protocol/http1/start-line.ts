import type { HeadNote, RequestHead, ResponseHead } from './head.ts'

/** A parsed first line, as a head whose fields are still to be filled in. */
export type StartLine<Head> =
  { kind: 'line'; head: Head; notes: HeadNote[] } | { kind: 'prefix' } | { kind: 'malformed'; reason: string }

const PREFIX: { kind: 'prefix' } = { kind: 'prefix' }

/** Status line (RFC 9112 §4). With `whole` false the line may still grow, and only what cannot become one is malformed. */
export function parseStatusLine(line: string, whole: boolean): StartLine<ResponseHead> {
  if (!whole) {
    const sample = 'HTTP/'.slice(0, line.length)
    return line.startsWith(sample) ? PREFIX : notHttp(line)
  }
  const match = /^HTTP\/(\d\.\d)([ \t]+)(\d{3})(?:([ \t]+)(.*))?$/s.exec(line)
  if (match === null) return line.startsWith('HTTP/') ? bad('not a status line', line) : notHttp(line)
  const notes: HeadNote[] = []
  // The space before the reason is required even when the reason is empty.
  if (match[2] !== ' ' || match[4] !== ' ') notes.push({ kind: 'start-line-spacing', line: 0 })
  const status = Number(match[3])
  if (status < 100 || status > 599) notes.push({ kind: 'status-out-of-range', line: 0 })
  const head = { version: match[1]!, status, reason: match[5] ?? '', headers: [], bytes: 0, notes: [] }
  return { kind: 'line', head, notes }
}

/** Request line (RFC 9112 §3). */
export function parseRequestLine(line: string, whole: boolean): StartLine<RequestHead> {
  if (!whole) return /^[\x20-\x7e\x80-\xff\t]*\r?$/.test(line) ? PREFIX : bad('not a request line', line)
  const match = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+)([ \t]+)(.*?)([ \t]+)HTTP\/(\d\.\d)([ \t]*)$/s.exec(line)
  if (match === null) return bad('not a request line', line)
  const notes: HeadNote[] = []
  const spacing = match[2] !== ' ' || match[4] !== ' ' || match[6] !== '' || /[ \t]/.test(match[3]!)
  if (spacing) notes.push({ kind: 'start-line-spacing', line: 0 })
  const head = { method: match[1]!, target: match[3]!, version: match[5]!, headers: [], bytes: 0, notes: [] }
  return { kind: 'line', head, notes }
}

function notHttp(line: string): { kind: 'malformed'; reason: string } {
  return bad('the peer does not speak HTTP/1', line)
}

function bad(what: string, line: string): { kind: 'malformed'; reason: string } {
  return { kind: 'malformed', reason: `${what}: ${JSON.stringify(line.slice(0, 80))}` }
}

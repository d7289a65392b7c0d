import { trimWhitespace } from './field-lines.ts'
import type { HeadNote, RequestHead, ResponseHead } from './head.ts'

/** A parsed first line, as a head whose fields are still to be filled in. */
export type StartLine<Head> =
  { kind: 'line'; head: Head; notes: readonly HeadNote[] } | { kind: 'prefix' } | { kind: 'malformed'; reason: string }

const NO_NOTES: readonly HeadNote[] = Object.freeze([])
const PREFIX: { kind: 'prefix' } = { kind: 'prefix' }

/** Status line (RFC 9112 §4). With `whole` false the line may still grow, and only what cannot become one is malformed. */
export function parseStatusLine(line: string, whole: boolean): StartLine<ResponseHead> {
  if (!whole) {
    const sample = 'HTTP/'.slice(0, line.length)
    return line.startsWith(sample) ? PREFIX : notHttp(line)
  }
  const status = plainStatus(line)
  if (status !== -1) {
    const version = line.slice(5, 8)
    const head = { version, status, reason: line.slice(13), headers: [], bytes: 0, notes: NO_NOTES }
    return { kind: 'line', head, notes: NO_NOTES }
  }
  return parseOddStatusLine(line)
}

// The status of `HTTP/1.x NNN `, or -1 if the line is anything else.
function plainStatus(line: string): number {
  if (!line.startsWith('HTTP/1.1 ') && !line.startsWith('HTTP/1.0 ')) return -1
  const hundreds = line.charCodeAt(9) - 48
  const tens = line.charCodeAt(10) - 48
  const ones = line.charCodeAt(11) - 48
  const inRange = hundreds >= 1 && hundreds <= 5 && tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9
  const second = line.charCodeAt(13)
  const plain = inRange && line.charCodeAt(12) === 32 && second !== 32 && second !== 9
  return plain ? hundreds * 100 + tens * 10 + ones : -1
}

function parseOddStatusLine(line: string): StartLine<ResponseHead> {
  const match = /^HTTP\/(\d\.\d)([ \t]+)(\d{3})(?:([ \t]+)(.*))?$/s.exec(line)
  if (match === null) return line.startsWith('HTTP/') ? bad('not a status line', line) : notHttp(line)
  const notes: HeadNote[] = []
  // The space before the reason is required even when the reason is empty.
  if (match[2] !== ' ' || match[4] !== ' ') notes.push({ kind: 'start-line-spacing', line: 0 })
  const status = Number(match[3])
  if (status < 100 || status > 599) notes.push({ kind: 'status-out-of-range', line: 0 })
  const head = { version: match[1]!, status, reason: match[5] ?? '', headers: [], bytes: 0, notes: NO_NOTES }
  return { kind: 'line', head, notes }
}

/** Request line (RFC 9112 §3). */
export function parseRequestLine(line: string, whole: boolean): StartLine<RequestHead> {
  if (!whole) return /^[\x20-\x7e\x80-\xff\t]*\r?$/.test(line) ? PREFIX : bad('not a request line', line)
  const methodEnd = line.search(/[ \t]/)
  const version = / HTTP\/(\d\.\d)[ \t]*$/.exec(line.replaceAll('\t', ' '))
  const method = line.slice(0, Math.max(methodEnd, 0))
  if (version === null || !/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(method) || version.index < methodEnd)
    return bad('not a request line', line)
  const target = trimWhitespace(line.slice(methodEnd, version.index))
  if (target === '') return bad('a request line without target', line)
  const head = { method, target, version: version[1]!, headers: [], bytes: 0, notes: NO_NOTES }
  const plain = line === `${method} ${target} HTTP/${head.version}` && !/[ \t]/.test(target)
  return { kind: 'line', head, notes: plain ? NO_NOTES : [{ kind: 'start-line-spacing', line: 0 }] }
}

function notHttp(line: string): { kind: 'malformed'; reason: string } {
  return bad('the peer does not speak HTTP/1', line)
}

function bad(what: string, line: string): { kind: 'malformed'; reason: string } {
  return { kind: 'malformed', reason: `${what}: ${JSON.stringify(line.slice(0, 80))}` }
}

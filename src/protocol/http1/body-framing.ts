import { type Fields, headerAll, headerHasToken, headerList, type RequestHead, type ResponseHead } from './head.ts'

/** A rule of RFC 9112 §6 or RFC 9110 §8.6 that the head breaks. */
export interface FramingViolation {
  kind:
    | 'transfer-encoding-and-content-length'
    | 'transfer-encoding-in-http-1.0'
    | 'transfer-encoding-not-allowed'
    | 'content-length-not-allowed'
    | 'chunked-not-final'
    | 'chunked-repeated'
    | 'transfer-coding-unknown-length'
    | 'content-length-invalid'
    | 'content-length-conflict'
    | 'content-length-repeated'
  text: string
}

/** How the end of a body is found. `invalid`: it cannot be found safely, the connection is to be closed. */
export interface BodyFraming {
  kind: 'none' | 'length' | 'chunked' | 'until-close' | 'invalid'
  /** Bytes of the body with `length`, else 0. */
  length: number
  violations: FramingViolation[]
}

/** RFC 9112 §6.3 for the response to a request of that method. */
export function responseBodyFraming(head: ResponseHead, requestMethod: string): BodyFraming {
  const violations: FramingViolation[] = []
  const framing = framingByFields(head, head.version, violations)
  const { status } = head
  const tunnel = requestMethod === 'CONNECT' && status >= 200 && status < 300
  if (status < 200 || status === 204 || tunnel) {
    // RFC 9112 §6.1, RFC 9110 §8.6: these must not even mention a body.
    const what = tunnel ? `a ${status} to CONNECT` : `a ${status}`
    if (headerAll(head, 'transfer-encoding').length > 0)
      violations.push({ kind: 'transfer-encoding-not-allowed', text: `Transfer-Encoding in ${what}` })
    if (headerAll(head, 'content-length').length > 0)
      violations.push({ kind: 'content-length-not-allowed', text: `Content-Length in ${what}` })
    return { kind: 'none', length: 0, violations }
  }
  if (requestMethod === 'HEAD' || status === 304) return { kind: 'none', length: 0, violations }
  return framing ?? { kind: 'until-close', length: 0, violations }
}

/** RFC 9112 §6.3 for a request: without length fields it has no body. */
export function requestBodyFraming(head: RequestHead): BodyFraming {
  const violations: FramingViolation[] = []
  const framing = framingByFields(head, head.version, violations)
  if (framing === undefined) return { kind: 'none', length: 0, violations }
  if (framing.kind !== 'until-close') return framing
  // RFC 9112 §6.3: a server cannot wait for the end of the connection, it answers through it.
  const text = `Transfer-Encoding: ${headerList(head, 'transfer-encoding').join(', ')} does not end with chunked`
  violations.push({ kind: 'transfer-coding-unknown-length', text })
  return { kind: 'invalid', length: 0, violations }
}

/** Whether the connection can carry another message after this one (RFC 9112 §9.3). */
export function isPersistent(head: RequestHead | ResponseHead, framing: BodyFraming): boolean {
  if (framing.kind === 'until-close' || framing.kind === 'invalid') return false
  if (framing.violations.some(({ kind }) => kind.startsWith('transfer-encoding-'))) return false
  if (headerHasToken(head, 'connection', 'close')) return false
  return head.version >= '1.1' || headerHasToken(head, 'connection', 'keep-alive')
}

function framingByFields(fields: Fields, version: string, violations: FramingViolation[]): BodyFraming | undefined {
  const lengths = headerAll(fields, 'content-length')
  const codings = headerList(fields, 'transfer-encoding')
  if (codings.length > 0) return framingByCodings(codings, lengths, version, violations)
  return lengths.length > 0 ? framingByLength(lengths, violations) : undefined
}

function framingByCodings(
  codings: string[],
  lengths: string[],
  version: string,
  violations: FramingViolation[],
): BodyFraming {
  if (codings.length === 1 && lengths.length === 0 && version >= '1.1' && codings[0]!.toLowerCase() === 'chunked')
    return { kind: 'chunked', length: 0, violations }
  const both = `Transfer-Encoding: ${codings.join(', ')} with Content-Length: ${lengths.join(', ')}`
  if (lengths.length > 0) violations.push({ kind: 'transfer-encoding-and-content-length', text: both })
  if (version < '1.1')
    violations.push({ kind: 'transfer-encoding-in-http-1.0', text: `Transfer-Encoding in HTTP/${version}` })
  const names = codings.map(coding => coding.split(';', 1)[0]!.trim().toLowerCase())
  const text = `Transfer-Encoding: ${codings.join(', ')}`
  if (names.filter(name => name === 'chunked').length > 1) violations.push({ kind: 'chunked-repeated', text })
  if (names.at(-1) === 'chunked') return { kind: 'chunked', length: 0, violations }
  if (names.includes('chunked')) violations.push({ kind: 'chunked-not-final', text })
  return { kind: 'until-close', length: 0, violations }
}

function framingByLength(lengths: string[], violations: FramingViolation[]): BodyFraming {
  const plain = lengths.length === 1 ? plainLength(lengths[0]!) : -1
  if (plain !== -1) return { kind: 'length', length: plain, violations }
  // RFC 9110 §8.6: a list of the same decimal number may be taken as that number.
  const members = lengths.flatMap(value => value.split(',').map(member => member.trim()))
  const text = `Content-Length: ${lengths.join(', ')}`
  const length = Number(members[0])
  if (!members.every(member => /^\d+$/.test(member)) || !Number.isSafeInteger(length)) {
    violations.push({ kind: 'content-length-invalid', text })
    return { kind: 'invalid', length: 0, violations }
  }
  if (members.some(member => Number(member) !== length)) {
    violations.push({ kind: 'content-length-conflict', text })
    return { kind: 'invalid', length: 0, violations }
  }
  if (members.length > 1) violations.push({ kind: 'content-length-repeated', text })
  return { kind: 'length', length, violations }
}

// Up to 15 digits, which always are a safe integer; -1 for anything else.
function plainLength(value: string): number {
  if (value === '' || value.length > 15) return -1
  let length = 0
  for (let index = 0; index < value.length; index += 1) {
    const digit = value.charCodeAt(index) - 48
    if (digit < 0 || digit > 9) return -1
    length = length * 10 + digit
  }
  return length
}

// Takes secrets out of a configuration before it is written down: in reports, logs and command lines to copy.

const HIDDEN = '[redacted]'
const SECRET_HEADER =
  /^(proxy-)?authorization$|cookie|token|secret|api-?key|passw|credential|signature|session|^x-auth/i
const SECRET_QUERY =
  /(token|secret|api[_-]?key|passw|pwd|signature|credential|jwt|ticket|session|auth)|^(key|sig|code|hmac)$/i
const SECRET_OPTIONS = new Set(['user', 'cookie'])

/** A copy without secrets: headers, credentials in URLs and queries, private keys, bearer subprotocols. */
export function redact(config: object): Record<string, unknown> {
  return redactValue(config, '') as Record<string, unknown>
}

function redactValue(value: unknown, key: string): unknown {
  if (typeof value === 'string') return redactText(value, key)
  if (Array.isArray(value)) {
    const [name, text] = value as unknown[]
    if (isHeaders(key) && value.length === 2 && typeof name === 'string' && typeof text === 'string')
      return SECRET_HEADER.test(name) ? [name, hideHeader(text)] : [name, redactText(text, key)]
    return value.map(part => redactValue(part, key))
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, redactValue(part, name)]))
}

const isHeaders = (key: string) => /headers?$/i.test(key)

function redactText(text: string, key: string): string {
  if (SECRET_OPTIONS.has(key) || text.includes('PRIVATE KEY-----')) return HIDDEN
  const [, name, value] = isHeaders(key) ? (/^([^:\s]+)\s*:\s*(.*)$/s.exec(text) ?? []) : []
  if (name !== undefined && value !== undefined)
    return SECRET_HEADER.test(name) ? `${name}: ${hideHeader(value)}` : text
  // Bearer tokens travel as a subprotocol where a browser can set no header.
  if (/^subprotocols?$/.test(key) && /bearer|token|jwt/i.test(text)) return `${text.split(/[.,]/)[0]}.${HIDDEN}`
  return redactUrl(text)
}

// The scheme of an Authorization value tells what was used, and is no secret.
function hideHeader(value: string): string {
  const scheme = /^(Basic|Bearer|Digest|Negotiate|Token)\s/i.exec(value)?.[1]
  return scheme === undefined ? HIDDEN : `${scheme} ${HIDDEN}`
}

/** The URLs in a text without user information and without the values of secret query parameters. */
export function redactUrl(text: string): string {
  return text
    .replaceAll(/\b([a-z][a-z\d+.-]*:\/\/)[^\s/@?#]+@/gi, `$1${HIDDEN}@`)
    .replaceAll(/([?&])([^=&#\s]+)=([^&#\s"']*)/g, (whole, mark: string, name: string) =>
      SECRET_QUERY.test(name) ? `${mark}${name}=${HIDDEN}` : whole,
    )
}

/** Where a URL leads and what a request for it says. */
export interface HttpAddress {
  secure: boolean
  /** To connect to; an IPv6 address without brackets. */
  host: string
  port: number
  /** Host header: without the default port of the scheme, IPv6 in brackets. */
  authority: string
  /** Origin-form request target (RFC 9112 §3.2.1). */
  target: string
  /** Name for TLS SNI; absent for IP addresses (RFC 6066 §3). */
  servername?: string
  /** Value of an Authorization header, from the user and password in the URL. */
  authorization?: string
}

const DEFAULT_PORTS: Record<string, number> = { 'http:': 80, 'ws:': 80, 'https:': 443, 'wss:': 443 }

/** Takes http, https, ws and wss URLs; undefined for any other scheme. */
export function httpAddress(url: URL): HttpAddress | undefined {
  const defaultPort = DEFAULT_PORTS[url.protocol]
  if (defaultPort === undefined || url.hostname === '') return undefined
  const isIpv6 = url.hostname.startsWith('[')
  const host = isIpv6 ? url.hostname.slice(1, -1) : url.hostname
  const address: HttpAddress = {
    secure: defaultPort === 443,
    host,
    port: url.port === '' ? defaultPort : Number(url.port),
    authority: url.host,
    target: `${url.pathname}${url.search}`,
  }
  // The URL parser has already turned every spelling of an IPv4 address into four decimal numbers.
  if (!isIpv6 && !/^\d+(\.\d+){3}$/.test(host)) address.servername = host.replace(/\.$/, '')
  if (url.username !== '' || url.password !== '') {
    address.authorization = basicAuthorization(percentDecode(url.username), percentDecode(url.password))
  }
  return address
}

/** RFC 7617, with UTF-8. */
export function basicAuthorization(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`
}

// A stray % is allowed in a URL's user information and stands for itself.
function percentDecode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

import { createHash, randomBytes } from 'node:crypto'

/** A client's opening handshake (RFC 6455 §4.1), with every line open to change. */
export interface UpgradeRequest {
  /** Path and query as they stand in the request line. */
  target: string
  /** Value of Host, with a port where it is not the default. */
  host: string
  key: string
  origin?: string
  subprotocols?: readonly string[]
  /** Value of Sec-WebSocket-Extensions. */
  extensions?: string
  /** Further headers, after the ones above. */
  headers?: readonly (readonly [name: string, value: string])[]
  /**
   * Lines that stand verbatim in the place of a header, by its lower-case name: none omits it, two send it twice. A name
   * that the request does not have adds its lines at the end. Octets are U+0000–U+00FF, CR and LF included.
   */
  replace?: Readonly<Record<string, readonly string[]>>
  /** Instead of `GET <target> HTTP/1.1`. */
  requestLine?: string
}

/** The request's octets, headers in the order in which browsers and `ws` send them. */
export function upgradeRequest(request: UpgradeRequest): Buffer {
  const lines = upgradeHeaders(request).map(([name, value]) => ({
    name: name.toLowerCase(),
    line: `${name}: ${value}`,
  }))
  const replace = new Map(Object.entries(request.replace ?? {}))
  const written = new Set<string>()
  const kept = lines.flatMap(({ name, line }) => {
    const instead = replace.get(name)
    if (instead === undefined) return [line]
    if (written.has(name)) return []
    written.add(name)
    return instead
  })
  for (const [name, instead] of replace) if (!written.has(name)) kept.push(...instead)
  const start = request.requestLine ?? `GET ${request.target} HTTP/1.1`
  return Buffer.from([start, ...kept, '', ''].join('\r\n'), 'latin1')
}

function upgradeHeaders(request: UpgradeRequest): (readonly [string, string])[] {
  const { host, key, origin, subprotocols, extensions, headers } = request
  // A Host of the user's own goes in the place of ours: two make the request invalid (RFC 9112 §3.2).
  const hosts = (headers ?? []).filter(([name]) => name.toLowerCase() === 'host')
  const others = (headers ?? []).filter(([name]) => name.toLowerCase() !== 'host')
  const list: (readonly [string, string])[] = [
    ...(hosts.length > 0 ? hosts : [['Host', host] as const]),
    ['Connection', 'Upgrade'],
    ['Upgrade', 'websocket'],
  ]
  if (origin !== undefined) list.push(['Origin', origin])
  list.push(['Sec-WebSocket-Version', '13'], ['Sec-WebSocket-Key', key])
  if (subprotocols !== undefined && subprotocols.length > 0) {
    list.push(['Sec-WebSocket-Protocol', subprotocols.join(', ')])
  }
  if (extensions !== undefined) list.push(['Sec-WebSocket-Extensions', extensions])
  list.push(...others)
  return list
}

/** A fresh Sec-WebSocket-Key: 16 unpredictable octets in base64. */
export function newKey(): string {
  return randomBytes(16).toString('base64')
}

/** The Sec-WebSocket-Accept that proves the server has read this key (RFC 6455 §4.2.2). */
export function acceptKey(key: string): string {
  return createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`, 'latin1').digest('base64')
}

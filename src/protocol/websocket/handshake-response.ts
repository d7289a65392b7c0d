import { type ResponseHead, headerAll, headerHasToken } from '../http1/head.ts'
import {
  type DeflateFault,
  type DeflateParameters,
  judgeDeflateResponse,
  parseDeflate,
  PERMESSAGE_DEFLATE,
} from './deflate-parameters.ts'
import { type Extension, parseExtensions } from './extension-header.ts'
import { acceptKey } from './handshake-request.ts'

/** What the client offered; the response may choose from nothing else. */
export interface Offered {
  subprotocols?: readonly string[]
  /** Value of Sec-WebSocket-Extensions as it was sent. */
  extensions?: string
}

/** One way in which a response is not the answer that RFC 6455 §4.1 demands. */
export interface HandshakeViolation {
  kind: 'version' | 'status' | 'upgrade' | 'connection' | 'accept' | 'subprotocol' | 'extensions' | 'deflate' | 'body'
  expected: string
  observed: string
}

/** Everything wrong with the response; an empty list means that the connection is open. */
export function judgeResponse(head: ResponseHead, key: string, offered: Offered = {}): HandshakeViolation[] {
  const found: HandshakeViolation[] = []
  const blame = (kind: HandshakeViolation['kind'], expected: string, observed: string) =>
    found.push({ kind, expected, observed })
  if (head.version !== '1.1') blame('version', 'HTTP/1.1', `HTTP/${head.version}`)
  if (head.status !== 101) {
    blame('status', '101', `${head.status} ${head.reason}`.trim())
    return found
  }
  const upgrade = headerAll(head, 'upgrade')
  if (upgrade.length !== 1 || upgrade[0]!.toLowerCase() !== 'websocket') {
    blame('upgrade', 'Upgrade: websocket', list(upgrade))
  }
  if (!headerHasToken(head, 'connection', 'upgrade')) {
    blame('connection', 'Connection with the token Upgrade', list(headerAll(head, 'connection')))
  }
  const accept = headerAll(head, 'sec-websocket-accept')
  if (accept.length !== 1 || accept[0] !== acceptKey(key)) blame('accept', acceptKey(key), list(accept))
  for (const name of ['Content-Length', 'Transfer-Encoding']) {
    const values = headerAll(head, name)
    if (values.length > 0) blame('body', `no ${name} in a 101`, `${name}: ${values.join(', ')}`)
  }
  const subprotocol = headerAll(head, 'sec-websocket-protocol')
  const offers = offered.subprotocols ?? []
  if (subprotocol.length > 1 || (subprotocol.length === 1 && !offers.includes(subprotocol[0]!))) {
    blame(
      'subprotocol',
      offers.length === 0 ? 'none, as none was offered' : `one of ${offers.join(', ')}`,
      list(subprotocol),
    )
  }
  judgeExtensions(head, offered, blame)
  return found
}

function judgeExtensions(
  head: ResponseHead,
  offered: Offered,
  blame: (kind: HandshakeViolation['kind'], expected: string, observed: string) => void,
): void {
  const chosen = parseExtensions(extensionsValue(head))
  if (!chosen.ok) {
    blame('extensions', 'a list of extensions', `${extensionsValue(head)} (${chosen.text})`)
    return
  }
  const offers = offeredExtensions(offered)
  const names = new Set(offers.map(extension => extension.name))
  for (const { name } of chosen.extensions) {
    if (!names.has(name)) blame('extensions', `one of ${[...names].join(', ') || 'none'}`, name)
  }
  const deflate = chosen.extensions.filter(extension => extension.name === PERMESSAGE_DEFLATE)
  if (deflate.length > 1) blame('extensions', `${PERMESSAGE_DEFLATE} once`, `${deflate.length} times`)
  if (deflate.length !== 1 || !names.has(PERMESSAGE_DEFLATE)) return
  for (const { text } of deflateFaults(deflate[0]!, offers)) blame('deflate', 'parameters of RFC 7692 §7.1', text)
}

/** The response must answer one of the offers: the faults against the one it fits best. */
function deflateFaults(response: Extension, offers: readonly Extension[]): DeflateFault[] {
  const { parameters, faults } = parseDeflate(response, 'response')
  const against = offers
    .filter(offer => offer.name === PERMESSAGE_DEFLATE)
    .map(offer => judgeDeflateResponse(parameters, parseDeflate(offer, 'offer').parameters))
  return [...faults, ...against.reduce((best, next) => (next.length < best.length ? next : best))]
}

/** The subprotocol of the connection, or null. */
export function acceptedSubprotocol(head: ResponseHead): string | null {
  return headerAll(head, 'sec-websocket-protocol')[0] ?? null
}

/** The parameters of permessage-deflate where the response chose it, or null. */
export function acceptedDeflate(head: ResponseHead): DeflateParameters | null {
  const parsed = parseExtensions(extensionsValue(head))
  const chosen = parsed.ok ? parsed.extensions.find(extension => extension.name === PERMESSAGE_DEFLATE) : undefined
  return chosen === undefined ? null : parseDeflate(chosen, 'response').parameters
}

function extensionsValue(head: ResponseHead): string {
  return headerAll(head, 'sec-websocket-extensions').join(', ')
}

function offeredExtensions(offered: Offered): Extension[] {
  const parsed = parseExtensions(offered.extensions ?? '')
  return parsed.ok ? parsed.extensions : []
}

function list(values: readonly string[]): string {
  return values.length === 0 ? 'none' : values.join(' | ')
}

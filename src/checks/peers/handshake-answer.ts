import { header, headerAll, headerHasToken, headerList, type RequestHead } from '../../protocol/http1/head.ts'
import {
  deflateExtension,
  judgeDeflateResponse,
  parseDeflate,
  PERMESSAGE_DEFLATE,
} from '../../protocol/websocket/deflate-parameters.ts'
import { type Extension, formatExtensions, parseExtensions } from '../../protocol/websocket/extension-header.ts'
import { acceptKey } from '../../protocol/websocket/handshake-request.ts'
import { type HttpResponse, refusal } from './http-response.ts'

/** A rule of the opening handshake that a request can break. */
export type HandshakeFault =
  | 'head'
  | 'http-version'
  | 'path'
  | 'method'
  | 'host'
  | 'upgrade'
  | 'connection'
  | 'key'
  | 'version'
  | 'version-value'
  | 'subprotocol'
  | 'extensions'
  | 'size'
  | 'origin'

export interface HandshakeRules {
  paths: readonly string[]
  subprotocols: readonly string[]
  deflate: boolean
  /** Null lets in every Origin. */
  origins: readonly string[] | null
  accepts: ReadonlySet<HandshakeFault>
}

const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
const MAX_HEADER_BYTES = 12_288

/** What a strict server answers; 101 means that the connection is open. */
export function handshakeAnswer(request: RequestHead, rules: HandshakeRules): HttpResponse {
  for (const [fault, holds, response] of refusals(request, rules)) {
    if (!holds && !rules.accepts.has(fault)) return response()
  }
  const headers: [string, string][] = [
    ['Upgrade', 'websocket'],
    ['Connection', 'Upgrade'],
    ['Sec-WebSocket-Accept', acceptKey(header(request, 'sec-websocket-key') ?? '')],
  ]
  const subprotocol = headerList(request, 'sec-websocket-protocol').find(name => rules.subprotocols.includes(name))
  if (subprotocol !== undefined) headers.push(['Sec-WebSocket-Protocol', subprotocol])
  const deflate = rules.deflate ? chooseDeflate(offers(request)) : null
  if (deflate !== null) headers.push(['Sec-WebSocket-Extensions', formatExtensions([deflate])])
  return { status: 101, reason: 'Switching Protocols', headers }
}

type Refusal = [fault: HandshakeFault, holds: boolean, response: () => HttpResponse]

function refusals(request: RequestHead, rules: HandshakeRules): Refusal[] {
  const path = request.target.replace(/^http:\/\/[^/]*/, '').split('?')[0]!
  const versions = headerAll(request, 'sec-websocket-version')
  const keys = headerAll(request, 'sec-websocket-key')
  const origin = header(request, 'origin')
  const listed: [string, string][] = [['Sec-WebSocket-Version', '13']]
  const upgrade: [string, string][] = [...listed, ['Upgrade', 'websocket']]
  const bad = (text: string) => () => refusal(400, text)
  return [
    ['head', request.notes.every(({ kind }) => kind === 'obs-fold'), bad('malformed header')],
    ['size', request.bytes <= MAX_HEADER_BYTES && request.headers.length <= 150, () => refusal(431, 'too large')],
    ['host', headerAll(request, 'host').length === 1, bad('Host')],
    ['path', rules.paths.includes(path), () => refusal(404, 'no such path')],
    ['http-version', request.version === '1.1', bad('HTTP version')],
    ['method', request.method === 'GET', () => refusal(405, 'GET only', [['Allow', 'GET']])],
    ['upgrade', headerHasToken(request, 'upgrade', 'websocket'), () => refusal(426, 'WebSocket only', upgrade)],
    ['connection', headerHasToken(request, 'connection', 'upgrade'), bad('Connection')],
    ['version', versions.length === 1 && /^\d+$/.test(versions[0]!), () => refusal(400, 'version', listed)],
    ['version-value', versions[0] === '13', () => refusal(426, 'version', upgrade)],
    ['key', keys.length === 1 && /^[+/0-9A-Za-z]{22}==$/.test(keys[0]!), bad('key')],
    ['subprotocol', validSubprotocols(request), bad('subprotocol')],
    ['extensions', parseExtensions(headerAll(request, 'sec-websocket-extensions').join(', ')).ok, bad('extensions')],
    [
      'origin',
      origin === undefined || rules.origins === null || rules.origins.includes(origin),
      () => refusal(403, 'Origin'),
    ],
  ]
}

function validSubprotocols(request: RequestHead): boolean {
  const values = headerAll(request, 'sec-websocket-protocol')
  const names = values.flatMap(value => value.split(',').map(name => name.trim()))
  return values.length === 0 || (names.every(name => TOKEN.test(name)) && new Set(names).size === names.length)
}

function offers(request: RequestHead): Extension[] {
  const parsed = parseExtensions(headerAll(request, 'sec-websocket-extensions').join(', '))
  return parsed.ok ? parsed.extensions : []
}

/** The first legal offer, granted as it was made. */
function chooseDeflate(list: readonly Extension[]): Extension | null {
  for (const offer of list) {
    if (offer.name !== PERMESSAGE_DEFLATE) continue
    const { parameters, faults } = parseDeflate(offer, 'offer')
    if (faults.length > 0) continue
    const { clientMaxWindowBits, ...rest } = parameters
    const granted = { ...rest, clientMaxWindowBits: clientMaxWindowBits === true ? null : clientMaxWindowBits }
    if (judgeDeflateResponse(granted, parameters).length === 0) return deflateExtension(granted)
  }
  return null
}

import type { IncomingMessage } from 'node:http'
import { type Answer, text } from './answer.ts'

const version = { 'Sec-WebSocket-Version': '13' }
/** 0 to 255 in plain decimal (RFC 6455 §4.3). */
const versionNumber = /^(0|[1-9]\d?|1\d\d|2[0-4]\d|25[0-5])$/
/** 16 octets in base64 are 22 characters and two of padding (§4.2.1). */
const sixteenOctets = /^[+/0-9A-Za-z]{22}==$/

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

/** True if the request asks to upgrade to WebSocket; anything else in Upgrade is ignored (RFC 9110 §7.8). */
export function asksForWebSocket(request: IncomingMessage): boolean {
  const upgrade = request.headers.upgrade ?? ''
  const tokens = upgrade.split(',').map(token => token.trim().toLowerCase())
  return request.httpVersion !== '1.0' && tokens.includes('websocket')
}

/** What RFC 6455 §4.2.1 and §4.4 demand of the request, apart from extensions. */
export function handshakeRefusal(request: IncomingMessage): Answer | undefined {
  const { headers } = request
  if (request.method !== 'GET') return text(405, 'a WebSocket handshake is a GET', { Allow: 'GET' })
  if (headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0') {
    return text(400, 'a WebSocket handshake has no body')
  }
  const asked = String(headers['sec-websocket-version'] ?? '')
  if (!versionNumber.test(asked)) return text(400, 'Sec-WebSocket-Version: one number is needed, 13', version)
  if (asked !== '13') {
    const headers = { ...version, Upgrade: 'websocket', Connection: 'Upgrade, close' }
    return text(426, 'only Sec-WebSocket-Version 13 is spoken', headers)
  }
  if (!sixteenOctets.test(headers['sec-websocket-key'] ?? '')) {
    return text(400, 'Sec-WebSocket-Key: one key of 16 octets in base64 is needed')
  }
  if (!areSubprotocols(headers['sec-websocket-protocol'])) {
    return text(400, 'Sec-WebSocket-Protocol: distinct tokens separated by commas are needed')
  }
  return undefined
}

/** §4.1(10): non-empty tokens, each once; node:http has joined several lines to one list. */
function areSubprotocols(header: string | undefined): boolean {
  if (header === undefined) return true
  const names = header.split(',').map(name => name.trim())
  return names.every(name => token.test(name)) && new Set(names).size === names.length
}

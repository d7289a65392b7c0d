import { isUtf8 } from 'node:buffer'

/** Names of the IANA registry of WebSocket close codes; 1004 is reserved, 1005, 1006 and 1015 are for local use only. */
export const CLOSE_CODE_NAMES: Readonly<Record<number, string>> = {
  1000: 'normal closure',
  1001: 'going away',
  1002: 'protocol error',
  1003: 'unsupported data',
  1004: 'reserved',
  1005: 'no status received',
  1006: 'abnormal closure',
  1007: 'invalid frame payload data',
  1008: 'policy violation',
  1009: 'message too big',
  1010: 'mandatory extension',
  1011: 'internal error',
  1012: 'service restart',
  1013: 'try again later',
  1014: 'bad gateway',
  1015: 'TLS handshake',
  3000: 'unauthorized',
  3003: 'forbidden',
  3008: 'timeout',
}

/** What a Close frame without payload means locally (RFC 6455 §7.1.5); never sent. */
export const NO_STATUS = 1005

/** `1001 going away`, or the bare number where no name is registered. */
export function describeCloseCode(code: number): string {
  const name = CLOSE_CODE_NAMES[code]
  return name === undefined ? String(code) : `${code} ${name}`
}

/** Whether a Close frame may carry this code: RFC 6455 §7.4 plus the registered 1012–1014. */
export function isWireCloseCode(code: number): boolean {
  if (code >= 3000) return code <= 4999
  return code >= 1000 && code <= 1014 && code !== 1004 && code !== NO_STATUS && code !== 1006
}

/** What a Close payload says; each way to be wrong is a value of its own. */
export type ClosePayload =
  | { kind: 'empty' }
  | { kind: 'one-byte'; octet: number }
  | { kind: 'code'; code: number; wireLegal: boolean; reason: string }
  | { kind: 'invalid-utf8'; code: number; wireLegal: boolean; reasonBytes: Buffer }

/** Reads the payload of a Close frame (RFC 6455 §5.5.1). */
export function parseClosePayload(payload: Buffer): ClosePayload {
  if (payload.length === 0) return { kind: 'empty' }
  if (payload.length === 1) return { kind: 'one-byte', octet: payload[0]! }
  const code = payload.readUInt16BE(0)
  const wireLegal = isWireCloseCode(code)
  const reasonBytes = payload.subarray(2)
  if (!isUtf8(reasonBytes)) return { kind: 'invalid-utf8', code, wireLegal, reasonBytes }
  return { kind: 'code', code, wireLegal, reason: reasonBytes.toString('utf8') }
}

/** A Close payload of any code 0–65535 and any reason octets, legal or not; no code gives the empty payload. */
export function encodeClosePayload(code?: number, reason: string | Uint8Array = ''): Buffer {
  if (code === undefined) return Buffer.alloc(0)
  const head = Buffer.alloc(2)
  head.writeUInt16BE(code)
  return Buffer.concat([head, typeof reason === 'string' ? Buffer.from(reason, 'utf8') : reason])
}

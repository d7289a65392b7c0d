// As much of TLS (RFC 5246 §6.2.1, §7.4.1) as it takes to ask a server for an old version and read what it chooses. No
// library offers versions that its build has switched off.

/** Versions as they stand on the wire. */
export const TLS_VERSION = { '1.0': 0x0301, '1.1': 0x0302 } as const

export interface ClientHello {
  version: number
  /** 32 bytes. */
  random: Uint8Array
  /** Null: no server_name extension. */
  servername: string | null
}

const RECORD = { alert: 21, handshake: 22 } as const
const HANDSHAKE = { clientHello: 1, serverHello: 2 } as const
const EXTENSION = { serverName: 0, supportedGroups: 10, ecPointFormats: 11 } as const

/** All that a server of that time speaks: ECDHE, DHE and RSA with AES in CBC mode and 3DES, and no renegotiation. */
const CIPHER_SUITES = [
  0xc009, 0xc00a, 0xc013, 0xc014, 0x0033, 0x0039, 0x0032, 0x0038, 0x002f, 0x0035, 0xc008, 0xc012, 0x0016, 0x000a,
  0x00ff,
]
/** P-256, P-384, P-521, X25519. */
const GROUPS = [23, 24, 25, 29]

/** The record that opens a handshake. */
export function encodeClientHello({ version, random, servername }: ClientHello): Buffer {
  const extensions = [
    ...(servername === null ? [] : [extension(EXTENSION.serverName, serverNames(servername))]),
    extension(EXTENSION.supportedGroups, vector(2, Buffer.concat(GROUPS.map(uint16)))),
    extension(EXTENSION.ecPointFormats, vector(1, Buffer.from([0]))),
  ]
  const body = Buffer.concat([
    uint16(version),
    random,
    vector(1, Buffer.alloc(0)),
    vector(2, Buffer.concat(CIPHER_SUITES.map(uint16))),
    vector(1, Buffer.from([0])),
    vector(2, Buffer.concat(extensions)),
  ])
  const message = Buffer.concat([Buffer.from([HANDSHAKE.clientHello]), vector(3, body)])
  return Buffer.concat([Buffer.from([RECORD.handshake]), uint16(TLS_VERSION['1.0']), vector(2, message)])
}

export type HelloAnswer =
  | { kind: 'server-hello'; version: number }
  | { kind: 'alert'; description: number }
  | { kind: 'incomplete' }
  | { kind: 'not-tls' }

/** What the first octets of an answer say. */
export function parseHelloAnswer(bytes: Buffer): HelloAnswer {
  if (bytes.length < 3) return { kind: 'incomplete' }
  const type = bytes[0]
  if (bytes[1] !== 3 || (type !== RECORD.alert && type !== RECORD.handshake)) return { kind: 'not-tls' }
  if (type === RECORD.alert) {
    return bytes.length < 7 ? { kind: 'incomplete' } : { kind: 'alert', description: bytes[6]! }
  }
  if (bytes.length < 11) return { kind: 'incomplete' }
  if (bytes[5] !== HANDSHAKE.serverHello) return { kind: 'not-tls' }
  return { kind: 'server-hello', version: bytes.readUInt16BE(9) }
}

const serverNames = (name: string) =>
  vector(2, Buffer.concat([Buffer.from([0]), vector(2, Buffer.from(name, 'latin1'))]))

const extension = (type: number, data: Buffer) => Buffer.concat([uint16(type), vector(2, data)])

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16BE(value)
  return bytes
}

/** The data after its length in that many bytes. */
function vector(lengthBytes: number, data: Uint8Array): Buffer {
  const length = Buffer.alloc(lengthBytes)
  length.writeUIntBE(data.length, 0, lengthBytes)
  return Buffer.concat([length, data])
}

import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { isIP } from 'node:net'
import { wall } from '../world/clock.ts'
import {
  bitString,
  boolean,
  der,
  explicit,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  set,
  time,
  utf8String,
} from './der.ts'

/** PEM, as node:tls takes it. */
export interface TlsCredentials {
  cert: string | Buffer
  key: string | Buffer
}

export interface CertificateOptions {
  /** DNS names and IP addresses; the first is also the common name. */
  names?: readonly string[]
  notBefore?: Date
  notAfter?: Date
}

const dayMs = 24 * 3600 * 1000
const ecdsaWithSha256 = sequence(objectIdentifier('1.2.840.10045.4.3.2'))

/** A self-signed certificate for this machine on a fresh P-256 key (RFC 5280): EC handshakes cost a tenth of RSA's. */
export function selfSignedCertificate(options: CertificateOptions = {}): { cert: string; key: string } {
  const names = options.names ?? ['localhost', '127.0.0.1', '::1']
  const notBefore = options.notBefore ?? new Date(wall() - dayMs)
  const notAfter = options.notAfter ?? new Date(wall() + 365 * dayMs)
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const name = sequence(set(sequence(objectIdentifier('2.5.4.3'), utf8String(names[0] ?? 'localhost'))))
  const toBeSigned = sequence(
    explicit(0, integer(Buffer.from([2]))),
    integer(serialNumber()),
    ecdsaWithSha256,
    name,
    sequence(time(notBefore), time(notAfter)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    explicit(3, extensions(names)),
  )
  const certificate = sequence(toBeSigned, ecdsaWithSha256, bitString(sign('sha256', toBeSigned, privateKey)))
  const base64 = certificate.toString('base64').replace(/.{1,64}/g, '$&\n')
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${base64}-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

/** RFC 5280 §4.1.2.2: positive and without a superfluous leading zero octet. */
function serialNumber(): Buffer {
  const serial = randomBytes(16)
  serial[0] = (serial[0]! & 0x7f) | 0x40
  return serial
}

function extensions(names: readonly string[]): Buffer {
  const critical = boolean(true)
  const digitalSignatureAndCertSign = bitString(Buffer.from([0b1000_0100]), 2)
  return sequence(
    extension('2.5.29.19', sequence(critical), true),
    extension('2.5.29.15', digitalSignatureAndCertSign, true),
    extension('2.5.29.37', sequence(objectIdentifier('1.3.6.1.5.5.7.3.1')), false),
    extension('2.5.29.17', sequence(...names.map(alternativeName)), false),
  )
}

function extension(id: string, value: Buffer, critical: boolean): Buffer {
  return sequence(objectIdentifier(id), ...(critical ? [boolean(true)] : []), octetString(value))
}

/** GeneralName: [2] dNSName or [7] iPAddress (RFC 5280 §4.2.1.6). */
function alternativeName(name: string): Buffer {
  return isIP(name) === 0 ? der(0x82, Buffer.from(name)) : der(0x87, addressBytes(name))
}

function addressBytes(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split('.').map(Number))
  const [head = '', tail] = address.split('::')
  const words = (text: string | undefined) => (text ? text.split(':').map(word => Number.parseInt(word, 16)) : [])
  const [before, after] = [words(head), words(tail)]
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => 0)
  return Buffer.from([...before, ...zeros, ...after].flatMap(word => [word >> 8, word & 0xff]))
}

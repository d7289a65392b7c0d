import { once } from 'node:events'
import { connect, type ConnectionOptions } from 'node:tls'
import { wall } from '../world/clock.ts'
import type { Dial } from './byte-pipe.ts'
import type { SocketAddress } from './socket-pipe.ts'
import { dialSocket } from './socket-pipe.ts'

/** What a server shows of itself in a TLS handshake, whether it is to be trusted or not. */
export type Shown =
  | {
      kind: 'certificate'
      /** `TLSv1.3`. */
      protocol: string
      subject: string
      names: string
      /** Until it expires; negative: since then. */
      daysLeft: number
      /** Why a client must not accept it, as OpenSSL names it; null: nothing is wrong with it. */
      problem: string | null
    }
  | { kind: 'refused'; reason: string }

/** Ways to a server that speaks TLS, besides the one that every check uses. */
export interface TlsAccess {
  /** The name that the certificate must be for; null: an IP address. */
  servername: string | null
  /** Asks for the certificate of that name; null: without saying a name. */
  shown(servername: string | null): Promise<Shown>
  /** Where the same server may also be spoken to without TLS; the first is its own port. */
  cleartext: readonly { port: number; dial: Dial }[]
}

const HTTPS_PORT = 443
const HTTP_PORT = 80
const DAY_MS = 24 * 3600 * 1000

export function tlsAccess(address: SocketAddress & { tls: ConnectionOptions }): TlsAccess {
  const ports = address.port === HTTPS_PORT ? [HTTPS_PORT, HTTP_PORT] : [address.port]
  return {
    servername: address.tls.servername ?? null,
    shown: servername => readCertificate(address, servername),
    cleartext: ports.map(port => ({ port, dial: dialSocket({ ...address, port, tls: null }) })),
  }
}

async function readCertificate(
  { unixSocket, host, port, localAddress, tls, timeoutMs }: SocketAddress & { tls: ConnectionOptions },
  servername: string | null,
): Promise<Shown> {
  const { servername: _usual, ...options } = tls
  const socket = connect({
    ...(unixSocket === null ? { host, port, ...(localAddress !== null && { localAddress }) } : { path: unixSocket }),
    ...options,
    // An empty name keeps Node from sending the host as one.
    servername: servername ?? '',
    rejectUnauthorized: false,
  })
  try {
    await once(socket, 'secureConnect', { signal: AbortSignal.timeout(timeoutMs) })
    const { subject, subjectaltname, valid_to } = socket.getPeerCertificate()
    return {
      kind: 'certificate',
      protocol: socket.getProtocol() ?? 'unknown',
      subject: String(subject?.CN ?? ''),
      names: subjectaltname ?? '',
      daysLeft: Math.floor((Date.parse(valid_to) - wall()) / DAY_MS),
      problem: socket.authorized ? null : String(socket.authorizationError),
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return { kind: 'refused', reason: code === 'ABORT_ERR' ? `no answer within ${timeoutMs} ms` : (code ?? message) }
  } finally {
    socket.on('error', () => {})
    socket.destroy()
  }
}

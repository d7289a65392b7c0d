import { isIP } from 'node:net'
import { type ConnectionOptions, createSecureContext, type TLSSocket } from 'node:tls'
import type { TlsConfig } from '../config/run-config.ts'

export interface TlsCounts {
  full: number
  resumed: number
}

/** TLS for all connections of a worker: one context, so that keys and authorities are parsed once. */
export interface TlsSettings {
  options: ConnectionOptions
  /** May be one that several targets share. */
  counts: TlsCounts
  /** Whether clients keep their session for their next connection. */
  keepSessions: boolean
  /** Called with each socket whose handshake is done. */
  observe(socket: TLSSocket): void
}

/** Settings from the resolved configuration. `host` is the name the certificate must be for unless one is given. */
export function tlsSettings(config: TlsConfig, host: string): TlsSettings {
  const name = config.servername ?? (isIP(host) === 0 ? host : '')
  const settings: TlsSettings = {
    counts: { full: 0, resumed: 0 },
    keepSessions: true,
    options: {
      secureContext: createSecureContext({
        ...(config.cacert !== null && { ca: config.cacert }),
        ...(config.cert !== null && { cert: config.cert }),
        ...(config.key !== null && { key: config.key }),
        minVersion: config.minVersion ?? 'TLSv1.2',
      }),
      rejectUnauthorized: !config.insecure,
      // WebSocket and the raw drivers speak HTTP/1.1 only; without ALPN a server may choose h2.
      ALPNProtocols: ['http/1.1'],
      ...(name !== '' && { servername: name }),
    },
    observe(socket) {
      if (socket.isSessionReused()) settings.counts.resumed += 1
      else settings.counts.full += 1
    },
  }
  return settings
}

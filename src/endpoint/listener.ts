import { createServer as createHttpServer, type Server } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { Socket } from 'node:net'
import { text } from './answer.ts'
import { selfSignedCertificate } from './certificate.ts'
import type { ResolvedOptions } from './options.ts'
import { refuse } from './refuse.ts'

const checkIntervalMs = 1000
const keepAliveMs = 60_000
const tcpKeepAliveMs = 30_000

/** The HTTP or HTTPS server with its bounds on time and size; not listening yet. */
export function createListener(options: ResolvedOptions): Server {
  const limits = {
    headersTimeout: options.handshakeTimeoutMs,
    requestTimeout: options.handshakeTimeoutMs * 3,
    connectionsCheckingInterval: Math.min(checkIntervalMs, options.handshakeTimeoutMs),
    keepAliveTimeout: keepAliveMs,
    keepAlive: true,
    keepAliveInitialDelay: tcpKeepAliveMs,
    noDelay: true,
    // Checked for every request, upgrades included, by the endpoint itself.
    requireHostHeader: false,
  }
  const server =
    options.tls === undefined
      ? createHttpServer(limits)
      : createHttpsServer({
          ...limits,
          ...(options.tls === 'self-signed' ? selfSignedCertificate() : options.tls),
          minVersion: 'TLSv1.2',
          handshakeTimeout: options.handshakeTimeoutMs,
          ALPNProtocols: ['h2', 'http/1.1'],
        })
  // The size of a head is bounded; a bound on the number of its lines would drop some without a word.
  server.maxHeadersCount = 0
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => answerUnreadable(error, socket as Socket))
  server.on('tlsClientError', (_error, socket) => socket.destroy())
  return server
}

/** What node:http could not read gets an answer where one is still possible. */
function answerUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable || socket.bytesWritten > 0) {
    socket.destroy()
    return
  }
  if (error.code === 'HPE_HEADER_OVERFLOW') refuse(socket, text(431, 'the request head is too large'))
  else if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') refuse(socket, text(408, 'the request did not arrive in time'))
  else refuse(socket, text(400, 'the request is not HTTP'))
}

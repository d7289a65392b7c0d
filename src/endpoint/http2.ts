import {
  createServer,
  constants,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type ServerHttp2Session,
} from 'node:http2'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Server } from 'node:https'
import type { TLSSocket } from 'node:tls'

export type RequestListener = (request: IncomingMessage, response: ServerResponse) => void

const maxConcurrentStreams = 256
const idleMs = 60_000

/**
 * Adds HTTP/2 (RFC 9113) to an HTTPS server: connections that ALPN settles on h2 go to a session of their own, the rest
 * stays as it was. node:http2 could fall back to HTTP/1.1 by itself, but then without the bounds on slow requests.
 * Returns what ends the sessions.
 */
export function addHttp2(server: Server, listener: RequestListener): () => void {
  const sessions = new Set<ServerHttp2Session>()
  const http2 = createServer({ settings: { maxConcurrentStreams } })
  http2.on('session', session => {
    sessions.add(session)
    session.once('close', () => sessions.delete(session))
    session.on('error', () => session.destroy())
    session.setTimeout(idleMs, () => session.close())
  })
  http2.on('request', (request, response) => serve(request, response, listener))
  const http1 = server.listeners('secureConnection')
  server.removeAllListeners('secureConnection')
  server.on('secureConnection', (socket: TLSSocket) => {
    if (socket.alpnProtocol === 'h2') http2.emit('connection', socket)
    else for (const listen of http1) listen.call(server, socket)
  })
  return () => {
    for (const session of sessions) session.close()
  }
}

/** The compatibility API of node:http2 has the shape of node:http; `Host` is the one header that is called otherwise. */
function serve(request: Http2ServerRequest, response: Http2ServerResponse, listener: RequestListener): void {
  const { stream } = request
  stream.on('error', () => stream.close(constants.NGHTTP2_CANCEL))
  // RFC 9113 §8.1: an answer may be complete before the request is; the rest of it is not wanted then.
  response.once('finish', () => {
    if (!request.complete) stream.close(constants.NGHTTP2_NO_ERROR)
  })
  request.headers.host ??= request.authority
  listener(request as unknown as IncomingMessage, response as unknown as ServerResponse)
}

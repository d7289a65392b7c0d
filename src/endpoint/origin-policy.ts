import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http'
import type { ResolvedOptions } from './options.ts'

/**
 * A browser page may use the endpoint if it came from the endpoint's own origin or one on the list, compared whole
 * (RFC 6455 §10.2, RFC 6454 §5); clients that are not browsers send no Origin and may too.
 */
export function isOriginAllowed(request: IncomingMessage, options: ResolvedOptions): boolean {
  const origin = request.headers.origin
  if (origin === undefined || options.allowedOrigins.includes('*')) return true
  const host = request.headers.host
  const own = `${options.tls === undefined ? 'http' : 'https'}://${host}`
  return (host !== undefined && origin === own) || options.allowedOrigins.includes(origin)
}

/** CORS for an allowed origin; for a foreign one nothing, so that its page cannot read the answer. */
export function corsHeaders(request: IncomingMessage, options: ResolvedOptions): OutgoingHttpHeaders {
  const origin = request.headers.origin
  if (origin === undefined || !isOriginAllowed(request, options)) return { Vary: 'Origin' }
  return {
    Vary: 'Origin',
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Expose-Headers': 'X-Last-Id',
  }
}

/** The answer to a preflight request (Fetch §4.9), empty for a foreign origin. */
export function preflightHeaders(
  request: IncomingMessage,
  options: ResolvedOptions,
  methods: readonly string[],
): OutgoingHttpHeaders {
  const cors = corsHeaders(request, options)
  if (cors['Access-Control-Allow-Origin'] === undefined) return cors
  return {
    ...cors,
    'Access-Control-Allow-Methods': methods.join(', '),
    'Access-Control-Allow-Headers': 'Authorization, Cache-Control, Content-Type, Last-Event-ID',
    'Access-Control-Max-Age': '600',
  }
}

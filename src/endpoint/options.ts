import type { TlsCredentials } from './certificate.ts'

/** What a caller may choose; every key has a default. */
export interface EndpointOptions {
  host?: string
  /** 0 takes any free port. */
  port?: number
  tls?: 'self-signed' | TlsCredentials | undefined
  /** Accept permessage-deflate where a client offers it. */
  deflate?: boolean
  /** Interval of the tick streams that name none. */
  tickMs?: number
  /** Silence after which SSE gets a comment and WebSocket a ping. */
  heartbeatMs?: number
  /** How long a poll without news is held. */
  holdMs?: number
  /** Messages kept per channel for those who come back. */
  historySize?: number
  /** Origins let in besides the endpoint's own; `*` lets in all. */
  allowedOrigins?: readonly string[]
  /** Holds every echo back by this much, for experiments. */
  echoDelayMs?: number
  /** Time for a request head, a request body or a TLS handshake to arrive. */
  handshakeTimeoutMs?: number
  /** What SSE clients are told to wait before they come back. */
  retryMs?: number
  maxMessageBytes?: number
  maxPublishBytes?: number
  /** Unsent bytes a subscriber may have before it counts as too slow. */
  maxBufferedBytes?: number
  /** Subprotocols spoken; of those a client offers, its first choice wins. */
  subprotocols?: readonly string[]
  log?: (line: string) => void
}

export type ResolvedOptions = Required<Omit<EndpointOptions, 'tls'>> & { tls: EndpointOptions['tls'] }

const defaults: ResolvedOptions = {
  host: '127.0.0.1',
  port: 0,
  tls: undefined,
  deflate: false,
  tickMs: 1000,
  heartbeatMs: 15_000,
  holdMs: 25_000,
  historySize: 1000,
  allowedOrigins: [],
  echoDelayMs: 0,
  handshakeTimeoutMs: 10_000,
  retryMs: 2000,
  maxMessageBytes: 16 * 1024 * 1024,
  maxPublishBytes: 4 * 1024 * 1024,
  maxBufferedBytes: 1024 * 1024,
  subprotocols: ['rtbench', 'rtbench.alternative'],
  log: () => {},
}

/** Fills in the defaults; a key that is present but undefined counts as absent. */
export function resolveOptions(options: EndpointOptions): ResolvedOptions {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
  return Object.freeze({ ...defaults, ...given })
}

import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { corsHeaders } from './origin-policy.ts'
import type { RequestTarget } from './request-target.ts'
import type { EndpointState } from './state.ts'

/** One request under way. */
export interface Exchange {
  readonly state: EndpointState
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly target: RequestTarget
}

/** A complete answer of known length. */
export interface Answer {
  readonly status: number
  /** Absent in 204 and other answers without a body. */
  readonly body?: { readonly type: string; readonly text: string }
  readonly headers: OutgoingHttpHeaders
}

export function text(status: number, line: string, headers: OutgoingHttpHeaders = {}): Answer {
  return { status, body: { type: 'text/plain; charset=utf-8', text: `${line}\n` }, headers }
}

export function json(value: string, headers: OutgoingHttpHeaders = {}): Answer {
  return { status: 200, body: { type: 'application/json', text: value }, headers }
}

export function empty(status: number, headers: OutgoingHttpHeaders = {}): Answer {
  return { status, headers }
}

export function isAnswer(value: object): value is Answer {
  return 'status' in value
}

/** Sends an answer unless one was sent already; node:http leaves the body out for HEAD. */
export function send({ state, request, response }: Exchange, answer: Answer): void {
  if (response.headersSent || response.destroyed) return
  if (answer.status >= 400) state.totals.requestsRefused += 1
  const body = answer.body === undefined ? undefined : Buffer.from(answer.body.text)
  const headers = { ...answer.headers }
  // RFC 9113 §8.2.2: HTTP/2 has no connection headers.
  if (request.httpVersionMajor >= 2) delete headers.Connection
  response.writeHead(answer.status, {
    ...(body === undefined ? {} : { 'Content-Type': answer.body?.type, 'Content-Length': body.length }),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...corsHeaders(request, state.options),
    ...headers,
  })
  response.end(body)
}

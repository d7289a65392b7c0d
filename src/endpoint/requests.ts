import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Answer, type Exchange, empty, send, text } from './answer.ts'
import { preflightHeaders } from './origin-policy.ts'
import { joinPipeline } from './pipeline.ts'
import { hasValidHost, requestTarget } from './request-target.ts'
import { routeAt, routeList } from './routes.ts'
import type { EndpointState } from './state.ts'

const nowhere = { path: '', query: new URLSearchParams() }

/** Answers one plain HTTP request. */
export function serveRequest(state: EndpointState, request: IncomingMessage, response: ServerResponse): void {
  state.totals.requests += 1
  response.on('error', () => response.destroy())
  if (state.closing) response.shouldKeepAlive = false
  if (request.httpVersionMajor < 2 && !joinPipeline(request.socket, response)) {
    request.socket.destroy()
    return
  }
  const exchange = { state, request, response, target: requestTarget(request) ?? nowhere }
  const answer = answerTo(exchange)
  if (answer !== undefined) send(exchange, answer)
}

function answerTo(exchange: Exchange): Answer | undefined {
  const { state, request, target } = exchange
  if (request.method === 'OPTIONS' && request.url === '*') return empty(204)
  if (target === nowhere) return text(400, 'the request target is not a path')
  if (!hasValidHost(request)) return text(400, 'exactly one Host header is needed')
  const route = routeAt(target.path)
  if (route === undefined) return text(404, `no such path. ${routeList()}`)
  const allowed = [...route.methods, 'OPTIONS'].join(', ')
  if (request.method === 'OPTIONS') {
    return empty(204, { Allow: allowed, ...preflightHeaders(request, state.options, route.methods) })
  }
  if (!route.methods.includes(request.method ?? '')) return text(405, `only ${allowed}`, { Allow: allowed })
  if (route.serve !== undefined) return route.serve(exchange)
  // In HTTP/2 there is no Upgrade, and RFC 8441 is not spoken here.
  if (request.httpVersionMajor >= 2) return text(400, 'WebSocket is spoken over HTTP/1.1 here')
  // RFC 9110 §15.5.22: the answer names the protocol to upgrade to.
  return text(426, 'a WebSocket handshake is expected here', {
    Upgrade: 'websocket',
    Connection: 'Upgrade, close',
  })
}

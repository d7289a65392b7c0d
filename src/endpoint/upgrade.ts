import { type IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { type ServerOptions, type WebSocket, WebSocketServer } from 'ws'
import { type Answer, isAnswer, text } from './answer.ts'
import { acceptableDeflateOffer } from './deflate-offer.ts'
import { parseExtensionOffers } from './extension-offers.ts'
import { frameGate } from './frame-gate.ts'
import { gateIncoming } from './gate-incoming.ts'
import { asksForWebSocket, handshakeRefusal } from './handshake-rules.ts'
import { isOriginAllowed } from './origin-policy.ts'
import { refuse } from './refuse.ts'
import { hasValidHost, requestTarget } from './request-target.ts'
import { serveRequest } from './requests.ts'
import { routeAt } from './routes.ts'
import type { EndpointState } from './state.ts'

export type UpgradeHandler = (request: IncomingMessage, socket: Socket, head: Buffer) => void

const closeTimeoutMs = 2000

/** Judges every handshake before `ws` sees it, as strictly as the RFCs are written. */
export function upgradeHandler(state: EndpointState): UpgradeHandler {
  const server = createWebSocketServer(state)
  return (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    if (!asksForWebSocket(request)) {
      serveWithoutUpgrade(state, request, socket)
      return
    }
    const verdict = judge(state, request)
    if (isAnswer(verdict)) {
      state.totals.webSocketsRefused += 1
      refuse(socket, verdict, request.method)
      return
    }
    // `ws` wants the value alone; a list that names it is as good (RFC 9110 §7.8).
    request.headers.upgrade = 'websocket'
    const gate = frameGate(state.options.maxMessageBytes)
    gateIncoming(socket, gate)
    server.handleUpgrade(request, socket, Buffer.concat(gate(head)), (webSocket: WebSocket) => {
      state.totals.webSocketsOpened += 1
      verdict(webSocket)
    })
  }
}

function createWebSocketServer({ options }: EndpointState): WebSocketServer {
  // closeTimeout is documented but missing in the types.
  const settings: ServerOptions & { closeTimeout: number } = {
    noServer: true,
    clientTracking: false,
    perMessageDeflate: options.deflate,
    maxPayload: options.maxMessageBytes,
    autoPong: false,
    closeTimeout: closeTimeoutMs,
    handleProtocols: offered => [...offered].find(name => options.subprotocols.includes(name)) ?? false,
  }
  return new WebSocketServer(settings)
}

function judge(state: EndpointState, request: IncomingMessage): Answer | ((socket: WebSocket) => void) {
  const target = requestTarget(request)
  if (target === undefined) return text(400, 'the request target is not a path')
  if (!hasValidHost(request)) return text(400, 'exactly one Host header is needed')
  const route = routeAt(target.path)
  if (route === undefined) return text(404, 'no such path')
  if (route.open === undefined) return text(400, 'not a WebSocket path')
  const refusal = handshakeRefusal(request)
  if (refusal !== undefined) return refusal
  if (!isOriginAllowed(request, state.options)) return text(403, 'this Origin may not connect')
  if (state.closing) return text(503, 'going away', { 'Retry-After': '1' })
  if (!settleExtensions(request, state.options.deflate)) return text(400, 'Sec-WebSocket-Extensions is malformed')
  return route.open(state, target)
}

/** Leaves `ws` only an offer that it can accept; false if the header breaks its grammar. */
function settleExtensions(request: IncomingMessage, deflate: boolean): boolean {
  const header = request.headers['sec-websocket-extensions']
  if (header === undefined) return true
  const offers = parseExtensionOffers(header)
  if (offers === undefined) return false
  const accepted = deflate ? acceptableDeflateOffer(offers) : undefined
  if (accepted === undefined) delete request.headers['sec-websocket-extensions']
  else request.headers['sec-websocket-extensions'] = accepted
  return true
}

/** RFC 9110 §7.8: Upgrade may be ignored, and in HTTP/1.0 it must be. The connection serves this one request. */
function serveWithoutUpgrade(state: EndpointState, request: IncomingMessage, socket: Socket): void {
  const response = new ServerResponse(request)
  response.shouldKeepAlive = false
  response.assignSocket(socket)
  response.once('finish', () => {
    response.detachSocket(socket)
    socket.end()
  })
  socket.on('end', () => socket.destroy())
  socket.resume()
  serveRequest(state, request, response)
}

import { once } from 'node:events'
import type { Server } from 'node:http'
import { Server as HttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { now } from '../world/clock.ts'
import { createChannels } from './channels.ts'
import { addHttp2, type RequestListener } from './http2.ts'
import { createListener } from './listener.ts'
import { createOpenConnections } from './open-connections.ts'
import { type EndpointOptions, type ResolvedOptions, resolveOptions } from './options.ts'
import { serveRequest } from './requests.ts'
import { shutDown } from './shutdown.ts'
import { trackSockets } from './sockets.ts'
import { type EndpointState, newTotals } from './state.ts'
import { endpointStats } from './status.ts'
import { createTickChannels } from './tick-channels.ts'
import { upgradeHandler } from './upgrade.ts'
import { endpointUrl } from './url.ts'

/** A herd that comes at once waits in the kernel's queue, which caps this number (net.core.somaxconn). */
const backlog = 4096

/** A running reference endpoint. */
export interface Endpoint {
  readonly port: number
  /** `url('/echo', 'ws')`; with TLS the scheme becomes its secure form. */
  url(path?: string, scheme?: 'http' | 'ws'): string
  stats(): object
  /** Says goodbye to everyone in their protocol and stops listening; takes 2 s at most. */
  close(): Promise<void>
}

/** Starts the endpoint in this process; rejects with the system's error if it cannot listen. */
export async function startEndpoint(given: EndpointOptions = {}): Promise<Endpoint> {
  const options = resolveOptions(given)
  const server = createListener(options)
  await once(server.listen({ port: options.port, host: options.host, backlog }), 'listening')
  const { state, endSessions } = serve(server, options)
  const { port } = server.address() as AddressInfo
  let closed: Promise<void> | undefined
  return {
    port,
    url: (path = '/', scheme = 'http') => endpointUrl(options, port, path, scheme),
    stats: () => endpointStats(state),
    close() {
      closed ??= shutDown(state, server, endSessions)
      return closed
    },
  }
}

/** No connection is accepted before the loop turns again, so that everything is in place for the first. */
function serve(server: Server, options: ResolvedOptions): { state: EndpointState; endSessions: () => void } {
  const state: EndpointState = {
    options,
    channels: createChannels(options.historySize),
    ticks: createTickChannels(options.historySize),
    open: createOpenConnections(options.heartbeatMs),
    totals: newTotals(),
    sockets: trackSockets(server),
    startedAt: now(),
    closing: false,
  }
  const listener: RequestListener = (request, response) => serveRequest(state, request, response)
  server.on('request', listener)
  server.on('upgrade', upgradeHandler(state))
  const endSessions = server instanceof HttpsServer ? addHttp2(server, listener) : () => {}
  return { state, endSessions }
}

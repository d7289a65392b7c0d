import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { now } from '../world/clock.ts'
import { createChannels } from './channels.ts'
import { createListener } from './listener.ts'
import { type EndpointOptions, resolveOptions } from './options.ts'
import { serveRequest } from './requests.ts'
import { shutDown } from './shutdown.ts'
import { trackSockets } from './sockets.ts'
import { type EndpointState, newTotals } from './state.ts'
import { endpointStats } from './status.ts'
import { createTickChannels } from './tick-channels.ts'
import { upgradeHandler } from './upgrade.ts'
import { endpointUrl } from './url.ts'

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
  const state: EndpointState = {
    options,
    channels: createChannels(options.historySize),
    ticks: createTickChannels(options.historySize),
    open: new Set(),
    totals: newTotals(),
    sockets: trackSockets(server),
    startedAt: now(),
    closing: false,
  }
  server.on('request', (request, response) => serveRequest(state, request, response))
  server.on('upgrade', upgradeHandler(state))
  server.listen(options.port, options.host)
  await once(server, 'listening')
  const heartbeat = setInterval(() => {
    for (const connection of state.open) connection.heartbeat()
  }, options.heartbeatMs)
  const { port } = server.address() as AddressInfo
  let closed: Promise<void> | undefined
  return {
    port,
    url: (path = '/', scheme = 'http') => endpointUrl(options, port, path, scheme),
    stats: () => endpointStats(state),
    close() {
      clearInterval(heartbeat)
      closed ??= shutDown(state, server)
      return closed
    },
  }
}

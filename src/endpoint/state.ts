import type { Channels } from './channels.ts'
import type { OpenConnections } from './open-connections.ts'
import type { ResolvedOptions } from './options.ts'
import type { Sockets } from './sockets.ts'
import type { TickChannels } from './tick-channels.ts'

/** Counts since the start. */
export interface Totals {
  requests: number
  requestsRefused: number
  webSocketsOpened: number
  webSocketsRefused: number
  eventStreamsOpened: number
  pollsHeld: number
  messagesReceived: number
  messagesPublished: number
  messagesDelivered: number
  slowSubscribersDropped: number
}

/** What the routes share. */
export interface EndpointState {
  readonly options: ResolvedOptions
  readonly channels: Channels
  readonly ticks: TickChannels
  readonly open: OpenConnections
  readonly totals: Totals
  readonly sockets: Sockets
  readonly startedAt: number
  closing: boolean
}

export function newTotals(): Totals {
  return {
    requests: 0,
    requestsRefused: 0,
    webSocketsOpened: 0,
    webSocketsRefused: 0,
    eventStreamsOpened: 0,
    pollsHeld: 0,
    messagesReceived: 0,
    messagesPublished: 0,
    messagesDelivered: 0,
    slowSubscribersDropped: 0,
  }
}

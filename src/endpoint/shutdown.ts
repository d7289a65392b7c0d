import type { Server } from 'node:http'
import type { EndpointState } from './state.ts'

const graceMs = 2000

/** WebSockets get 1001, event streams end, held polls are answered; who has not left after the grace is cut off. */
export async function shutDown(state: EndpointState, server: Server, endSessions: () => void): Promise<void> {
  state.closing = true
  state.ticks.close()
  state.open.stopHeartbeats()
  const closed = new Promise<void>(resolve => server.close(() => resolve()))
  for (const connection of state.open) connection.goAway()
  endSessions()
  server.closeIdleConnections()
  state.sockets.destroyUnused()
  const cutOff = setTimeout(() => state.sockets.destroyAll(), graceMs)
  await closed
  clearTimeout(cutOff)
}

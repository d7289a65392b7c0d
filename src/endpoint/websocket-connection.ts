import type { WebSocket } from 'ws'
import type { Channel } from './channel.ts'
import type { RequestTarget } from './request-target.ts'
import type { ConnectionKind, EndpointState, OpenConnection } from './state.ts'

/** A WebSocket whose handshake is done. */
export interface Opened {
  readonly state: EndpointState
  readonly socket: WebSocket
  readonly target: RequestTarget
  /** The channel the path and query name. */
  readonly channel: Channel
}

export type OpenWebSocket = (opened: Opened) => void

/** Keeps a WebSocket alive, answers its pings and bounds what is queued for it. */
export function holdOpen(opened: Opened, kind: ConnectionKind): void {
  const { state, socket } = opened
  let heard = true
  const hear = () => {
    heard = true
  }
  const connection: OpenConnection = {
    kind,
    heartbeat() {
      if (!heard) socket.terminate()
      else if (socket.readyState === socket.OPEN) socket.ping()
      heard = false
    },
    goAway: () => socket.close(1001, 'going away'),
  }
  state.open.add(connection)
  socket.on('error', hear)
  socket.on('pong', hear)
  socket.on('message', hear)
  const flow = flowControl(opened)
  socket.on('ping', data => {
    hear()
    if (socket.readyState === socket.OPEN) socket.pong(data, false, flow.flushed)
    flow.queued()
  })
  socket.once('close', () => state.open.delete(connection))
}

/** Stops reading from a client that does not read its answers, until it has read half of them. */
export function flowControl({ state, socket }: Opened) {
  return {
    queued() {
      if (socket.bufferedAmount > state.options.maxBufferedBytes) socket.pause()
    },
    flushed() {
      if (socket.isPaused && socket.bufferedAmount <= state.options.maxBufferedBytes / 2) socket.resume()
    },
  }
}

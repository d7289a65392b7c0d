import type { WebSocket } from 'ws'
import type { Answer } from './answer.ts'
import type { RequestTarget } from './request-target.ts'
import type { ConnectionKind, OpenConnection } from './open-connections.ts'
import type { EndpointState } from './state.ts'

/** Decides by the target before the handshake is answered: a refusal, or what to do with the open connection. */
export type OpenWebSocket = (state: EndpointState, target: RequestTarget) => Answer | ((socket: WebSocket) => void)

/** Pings a WebSocket that says nothing, answers its own pings, and ends it when it is dead. */
export function holdOpen(state: EndpointState, socket: WebSocket, kind: ConnectionKind): void {
  const flow = flowControl(state, socket)
  let active = false
  let unanswered = false
  const hear = () => {
    active = true
  }
  const connection: OpenConnection = {
    kind,
    heartbeat() {
      if (unanswered && !active) {
        socket.terminate()
        return
      }
      unanswered = !active && socket.readyState === socket.OPEN
      if (unanswered) socket.ping()
      active = false
    },
    goAway: () => socket.close(1001, 'going away'),
  }
  state.open.add(connection)
  socket.on('error', error => state.options.log(`closed a WebSocket: ${error.message}`))
  socket.on('pong', () => {
    unanswered = false
  })
  socket.on('message', hear)
  socket.on('ping', data => {
    hear()
    if (socket.readyState === socket.OPEN) socket.pong(data, false, flow.flushed)
    flow.queued()
  })
  socket.once('close', () => state.open.delete(connection))
}

/** Stops reading from a client that does not read its answers, until half of them are gone. */
export function flowControl(state: EndpointState, socket: WebSocket, waitingBytes: () => number = () => 0) {
  const { maxBufferedBytes } = state.options
  return {
    queued() {
      if (socket.bufferedAmount + waitingBytes() > maxBufferedBytes) socket.pause()
    },
    flushed() {
      if (socket.isPaused && socket.bufferedAmount + waitingBytes() <= maxBufferedBytes / 2) socket.resume()
    },
  }
}

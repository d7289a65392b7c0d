import type { WebSocket } from 'ws'
import type { Answer } from './answer.ts'
import type { RequestTarget } from './request-target.ts'
import type { ConnectionKind, EndpointState, OpenConnection } from './state.ts'

/** Decides by the target before the handshake is answered: a refusal, or what to do with the open connection. */
export type OpenWebSocket = (state: EndpointState, target: RequestTarget) => Answer | ((socket: WebSocket) => void)

/** Keeps a WebSocket alive, answers its pings and bounds what is queued for it. */
export function holdOpen(state: EndpointState, socket: WebSocket, kind: ConnectionKind): void {
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
  const flow = flowControl(state, socket)
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

import type { WebSocket } from 'ws'
import type { EndpointState } from './state.ts'
import { flowControl, holdOpen } from './websocket-connection.ts'

/** /echo: every message comes back with its content and type. */
export function openEcho(state: EndpointState): (socket: WebSocket) => void {
  const { echoDelayMs } = state.options
  return socket => {
    holdOpen(state, socket, 'echo')
    let delayedBytes = 0
    const flow = flowControl(state, socket, () => delayedBytes)
    const echo = (data: Buffer, binary: boolean) => {
      if (socket.readyState === socket.OPEN) socket.send(data, { binary }, flow.flushed)
    }
    const echoLater = (data: Buffer, binary: boolean) => {
      delayedBytes += data.length
      setTimeout(() => {
        delayedBytes -= data.length
        echo(data, binary)
      }, echoDelayMs)
    }
    socket.on('message', (data: Buffer, binary: boolean) => {
      state.totals.messagesReceived += 1
      if (echoDelayMs > 0) echoLater(data, binary)
      else echo(data, binary)
      flow.queued()
    })
  }
}

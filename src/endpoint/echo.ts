import { flowControl, holdOpen, type Opened } from './websocket-connection.ts'

/** /echo: every message comes back with its content and type. */
export function openEcho(opened: Opened): void {
  const { state, socket } = opened
  const { echoDelayMs } = state.options
  holdOpen(opened, 'echo')
  const flow = flowControl(opened)
  const echo = (data: Buffer, binary: boolean) => {
    if (socket.readyState !== socket.OPEN) return
    socket.send(data, { binary }, flow.flushed)
    flow.queued()
  }
  socket.on('message', (data: Buffer, binary: boolean) => {
    state.totals.messagesReceived += 1
    if (echoDelayMs > 0) setTimeout(echo, echoDelayMs, data, binary)
    else echo(data, binary)
  })
}

import type { Message } from './message.ts'
import { wholeNumber } from './query.ts'
import { holdOpen, type Opened } from './websocket-connection.ts'

/** /ws and /tick/ws: the messages of a channel, text as text and other bytes as binary. What the client sends is ignored. */
export function openPush(opened: Opened): void {
  const { state, socket, channel, target } = opened
  holdOpen(opened, 'push')
  socket.on('message', () => {
    state.totals.messagesReceived += 1
  })
  const send = (message: Message) => {
    socket.send(message.data, { binary: !message.isText })
    state.totals.messagesDelivered += 1
  }
  const since = target.query.get('since')
  if (since !== null) for (const message of channel.after(wholeNumber(since) ?? -1) ?? channel.kept()) send(message)
  const unsubscribe = channel.subscribe(message => {
    if (socket.readyState !== socket.OPEN) return
    if (socket.bufferedAmount <= state.options.maxBufferedBytes) send(message)
    else {
      state.totals.slowSubscribersDropped += 1
      state.options.log('dropped a WebSocket subscriber that does not keep up')
      socket.close(1013, 'too slow')
    }
  })
  socket.once('close', unsubscribe)
}

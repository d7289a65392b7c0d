import type { WebSocket } from 'ws'
import { type Answer, isAnswer } from './answer.ts'
import type { Channel } from './channel.ts'
import type { Message } from './message.ts'
import { channelOf, wholeNumber } from './query.ts'
import type { RequestTarget } from './request-target.ts'
import type { EndpointState } from './state.ts'
import { holdOpen } from './websocket-connection.ts'

/** /ws and /tick/ws: the messages of a channel, text as text, other bytes as binary. What the client sends is ignored. */
export function openPush(state: EndpointState, target: RequestTarget): Answer | ((socket: WebSocket) => void) {
  const channel = channelOf(state, target)
  if (isAnswer(channel)) return channel
  const since = target.query.get('since')
  return socket => {
    holdOpen(state, socket, 'push')
    socket.on('message', () => {
      state.totals.messagesReceived += 1
    })
    if (since !== null) for (const message of missedSince(channel, since)) send(state, socket, message)
    const unsubscribe = channel.subscribe(message => {
      if (socket.readyState !== socket.OPEN) return
      if (socket.bufferedAmount <= state.options.maxBufferedBytes) send(state, socket, message)
      else drop(state, socket)
    })
    socket.once('close', unsubscribe)
  }
}

/** All that is kept if the cursor cannot be placed: a message twice can be told from its content, one lost cannot. */
function missedSince(channel: Channel, since: string): readonly Message[] {
  return channel.after(wholeNumber(since) ?? -1) ?? channel.kept()
}

function send(state: EndpointState, socket: WebSocket, message: Message): void {
  socket.send(message.data, { binary: !message.isText })
  state.totals.messagesDelivered += 1
}

function drop(state: EndpointState, socket: WebSocket): void {
  state.totals.slowSubscribersDropped += 1
  state.options.log('dropped a WebSocket subscriber that does not keep up')
  socket.close(1013, 'too slow')
}

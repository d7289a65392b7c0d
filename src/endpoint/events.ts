import { type Answer, type Exchange, isAnswer, text } from './answer.ts'
import type { Channel } from './channel.ts'
import type { Message } from './message.ts'
import type { OpenConnection } from './open-connections.ts'
import { corsHeaders } from './origin-policy.ts'
import { channelOf, wholeNumber } from './query.ts'

const comment = Buffer.from(': heartbeat\n\n')

/** GET /events and /tick/events: a channel as Server-Sent Events (HTML §9.2). */
export function serveEvents(exchange: Exchange): Answer | undefined {
  const { state, request, response, target } = exchange
  const channel = channelOf(state, target)
  if (isAnswer(channel)) return channel
  if (state.closing) return text(503, 'going away', { 'Retry-After': '1' })
  response.writeHead(200, {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-cache, no-transform',
    // nginx buffers proxied responses unless the origin says otherwise.
    'X-Accel-Buffering': 'no',
    ...corsHeaders(request, state.options),
  })
  if (request.method === 'HEAD') {
    response.end()
    return undefined
  }
  response.flushHeaders()
  state.totals.eventStreamsOpened += 1
  response.write(`retry: ${state.options.retryMs}\n\n`)
  replay(exchange, channel)
  subscribe(exchange, channel)
  return undefined
}

function subscribe(exchange: Exchange, channel: Channel): void {
  const { state, response } = exchange
  const unsubscribe = channel.subscribe((message: Message) => {
    if (response.writableLength > state.options.maxBufferedBytes) {
      state.totals.slowSubscribersDropped += 1
      state.options.log('dropped an event stream that does not keep up')
      response.destroy()
      return
    }
    response.write(message.sse())
    state.totals.messagesDelivered += 1
  })
  const connection: OpenConnection = {
    kind: 'events',
    heartbeat: () => {
      if (response.writableLength <= state.options.maxBufferedBytes) response.write(comment)
    },
    goAway: () => response.end(),
  }
  state.open.add(connection)
  response.once('close', () => {
    unsubscribe()
    state.open.delete(connection)
  })
}

/**
 * What the client missed, by the id it saw last. An id that cannot be placed (garbage, not yet given out, too old) is
 * answered by a `reset` event and all that is kept, so that nobody skips messages without noticing.
 */
function replay(exchange: Exchange, channel: Channel): void {
  const { state, response } = exchange
  const id = lastEventId(exchange)
  if (id === '') return
  const missed = channel.after(wholeNumber(id) ?? -1)
  if (missed === undefined) {
    response.write(`event: reset\ndata: {"oldest":${channel.oldestId},"last":${channel.lastId}}\n\n`)
  }
  const messages = missed ?? channel.kept()
  if (messages.length > 0) response.write(Buffer.concat(messages.map(message => message.sse())))
  state.totals.messagesDelivered += messages.length
}

/** The header wins: an EventSource that comes back keeps the query it was made with. */
function lastEventId({ request, target }: Exchange): string {
  const header = request.headers['last-event-id']
  return (Array.isArray(header) ? header[0] : header) || (target.query.get('lastEventId') ?? '')
}

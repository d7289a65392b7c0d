import { type Answer, type Exchange, isAnswer, json, send, text } from './answer.ts'
import { isOriginAllowed } from './origin-policy.ts'
import { channelOf } from './query.ts'

/** POST /publish: the body becomes one message of the channel, whatever its type. */
export function servePublish(exchange: Exchange): Answer | undefined {
  const { state, request } = exchange
  const { maxPublishBytes } = state.options
  // The connection ends with this answer: the rest of the body is not worth reading.
  const tooLarge = text(413, `the body may have at most ${maxPublishBytes} bytes`, { Connection: 'close' })
  if (!isOriginAllowed(request, state.options)) return text(403, 'this Origin may not publish')
  if (Number(request.headers['content-length'] ?? 0) > maxPublishBytes) return tooLarge
  const chunks: Buffer[] = []
  let bytes = 0
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes <= maxPublishBytes) chunks.push(chunk)
    else send(exchange, tooLarge)
  })
  request.on('end', () => {
    if (bytes <= maxPublishBytes) send(exchange, publish(exchange, Buffer.concat(chunks)))
  })
  return undefined
}

function publish({ state, target }: Exchange, data: Buffer): Answer {
  const channel = channelOf(state, target)
  if (isAnswer(channel)) return channel
  // Counted first: a held poll stops waiting as soon as it has the message.
  const subscribers = channel.subscribers
  const message = state.channels.publish(channel, data)
  state.totals.messagesPublished += 1
  return json(`{"id":${message.id},"subscribers":${subscribers}}`)
}

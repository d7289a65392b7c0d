import { type Answer, type Exchange, empty, isAnswer, json, send, text } from './answer.ts'
import type { Channel } from './channel.ts'
import type { Message } from './message.ts'
import { channelOf, durationMs, wholeNumber } from './query.ts'
import type { OpenConnection } from './open-connections.ts'

const batchMessagesMax = 1000
const batchBytesMax = 1024 * 1024
const holdMsMax = 55_000

/** GET /messages and /tick/messages: held until there is a message after `?since=`. */
export function serveLongPoll(exchange: Exchange): Answer | undefined {
  const { state, request, target } = exchange
  const channel = channelOf(state, target)
  if (isAnswer(channel)) return channel
  const asked = target.query.get('since')
  const since = asked === null ? channel.lastId : wholeNumber(asked)
  if (since === undefined) return text(400, 'since: the number `last` of an earlier answer')
  const holdMs = requestedHoldMs(target.query.get('timeout'), state.options.holdMs)
  if (holdMs === undefined) return text(400, 'timeout: seconds, or a duration such as 500ms')
  if (request.method === 'HEAD') return empty(200, cursor(channel.lastId))
  const missed = channel.after(since)
  if (missed === undefined) return messagesAnswer(exchange, channel.kept(), channel.lastId, true)
  if (missed.length > 0) return messagesAnswer(exchange, missed, since)
  // A client that came without a cursor gets one when the hold ends: it would miss what is published before it is back.
  const nothing = asked === null ? messagesAnswer(exchange, [], since) : empty(204, cursor(since))
  if (state.closing) return nothing
  hold(exchange, channel, since, holdMs, nothing)
  return undefined
}

function hold(exchange: Exchange, channel: Channel, since: number, holdMs: number, nothing: Answer): void {
  const { state, response } = exchange
  const timer = setTimeout(() => send(exchange, nothing), holdMs)
  // The rest of a burst is awaited for one turn of the loop: few answers with many messages, not many with one.
  const unsubscribe = channel.subscribe(() => {
    unsubscribe()
    setImmediate(() => send(exchange, messagesAnswer(exchange, channel.after(since) ?? channel.kept(), since)))
  })
  const connection: OpenConnection = {
    kind: 'poll',
    heartbeat: () => {},
    goAway: () => {
      response.shouldKeepAlive = false
      send(exchange, nothing)
    },
  }
  state.open.add(connection)
  state.totals.pollsHeld += 1
  response.once('close', () => {
    clearTimeout(timer)
    unsubscribe()
    state.open.delete(connection)
  })
}

function messagesAnswer({ state }: Exchange, messages: readonly Message[], since: number, reset = false): Answer {
  const batch = firstBatch(messages)
  const last = batch.at(-1)?.id ?? since
  state.totals.messagesDelivered += batch.length
  const list = batch.map(message => message.json()).join(',')
  return json(`{${reset ? '"reset":true,' : ''}"last":${last},"messages":[${list}]}`, cursor(last))
}

function firstBatch(messages: readonly Message[]): readonly Message[] {
  let bytes = 0
  const end = messages.findIndex((message, index) => {
    bytes += message.data.length
    return index > 0 && (bytes > batchBytesMax || index >= batchMessagesMax)
  })
  return end < 0 ? messages : messages.slice(0, end)
}

/** Bare numbers are seconds, as in other long-polling APIs. */
function requestedHoldMs(text: string | null, defaultMs: number): number | undefined {
  if (text === null) return defaultMs
  const requested = /^\d{1,6}(\.\d{1,3})?$/.test(text) ? Number(text) * 1000 : durationMs(text)
  return requested === undefined ? undefined : Math.min(requested, holdMsMax)
}

const cursor = (last: number) => ({ 'X-Last-Id': String(last) })

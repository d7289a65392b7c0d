import { setTimeout as sleep } from 'node:timers/promises'
import type { OverheadConfig } from '../../config/overhead-config.ts'
import type { PublishConfig, TargetConfig, Transport } from '../../config/run-config.ts'
import { createHistogram, type Histogram } from '../../measure/histogram.ts'
import { Recorder } from '../../measure/recorder.ts'
import {
  type Connection,
  type ConnectionListener,
  emptyResume,
  type TransportUnit,
} from '../../transports/transport.ts'
import { createHttpClient } from '../../wire/http-client.ts'
import { routeOf } from '../../wire/route.ts'
import { now } from '../../world/clock.ts'
import { findUnit, loadUnit } from '../../world/units.ts'
import { createRooms } from '../worker/rooms.ts'
import { type ByteCounts, countsOf, difference } from './byte-counts.ts'
import { messageText } from './message-text.ts'

export type Way = 'ws' | 'sse' | 'poll' | 'plain-poll'

export interface Measured {
  way: Way
  url: string
  messages: number
  published: number
  /** Null: the endpoint's own messages, whose size is what arrived as payload. */
  messageBytes: number | null
  /** Of the whole connection, its opening included. */
  total: ByteCounts
  /** Of the messages alone. */
  steady: ByteCounts
  windowMs: number
  connections: number
  latency: Histogram
  failure: string | null
}

const PRIME_MS = 1000
const PRIMES = 5
const SETTLE_MS = 300
const LATE_MS = 3000
const CLOSE_MS = 2000

/** One connection that receives the pattern's messages; `edge` is called where the counted part begins and ends. */
export async function measureTransport(
  config: OverheadConfig,
  target: TargetConfig,
  way: Way,
  publish: PublishConfig | null,
  edge: (which: 'begin' | 'end') => void = () => {},
): Promise<Measured> {
  const url = target.url!
  const transport: Transport = way === 'plain-poll' ? 'poll' : way
  const text = messageText(config.messageBytes)
  const publishedAt = new Map<number, number>()
  const arrived = new Set<number>()
  const latency = createHistogram()
  const seen: { foreign: number; connections: number; failure: string | null; ended: boolean } = {
    foreign: 0,
    connections: 0,
    failure: null,
    ended: false,
  }
  const listener: ConnectionListener = {
    opened: () => void (seen.connections += 1),
    message(_connection, buffer, start, end) {
      seen.foreign += 1
      const atMs = now()
      for (const number of text.findIn(buffer, start, end)) {
        if (number === 0 || arrived.has(number)) continue
        arrived.add(number)
        const sentAt = publishedAt.get(number)
        if (sentAt !== undefined) latency.record((atMs - sentAt) * 1000)
      }
    },
    flushed: () => {},
    ended(_connection, end) {
      seen.ended = true
      seen.failure ??= end.failure?.text ?? 'the endpoint ended the connection'
    },
  }
  const pollIntervalMs = way === 'plain-poll' ? config.pollIntervalMs : null
  const plan = { config: { target, deflate: false, cursor: config.cursor, pollIntervalMs }, transport }
  const route = routeOf(target, url)!
  const room = createRooms(plan, route, new Recorder(), listener)
  const unit = await loadUnit<TransportUnit>(findUnit('transports', transport)!)
  const connection: Connection = unit.prepare(room)(0)
  const client = publish === null ? null : createHttpClient(target, Math.max(2, config.batch))
  const post = async (number: number) => {
    publishedAt.set(number, now())
    const { status, body } = await client!.send({
      url: publish!.url,
      method: publish!.method,
      headers: publish!.headers,
      body: publish!.body.replaceAll('{{message}}', text.of(number)),
      timeoutMs: target.timeoutMs,
    })
    await body.dump()
    if (status >= 300) seen.failure ??= `publishing was answered HTTP ${status}`
  }

  connection.start(route.dial, emptyResume())
  let published = 0
  try {
    for (let prime = 0; prime < PRIMES && seen.failure === null && seen.foreign === 0; prime += 1) {
      if (client !== null)
        await post(0).catch((error: Error) => (seen.failure ??= `publishing failed: ${error.message}`))
      for (let waited = 0; waited < PRIME_MS && seen.foreign === 0 && seen.failure === null; waited += 20)
        await sleep(20)
    }
    if (seen.failure === null && seen.foreign === 0) seen.failure = 'no message came through'
    await sleep(SETTLE_MS)
    edge('begin')
    const before = countsOf(room)
    const messagesBefore = seen.foreign
    const beginMs = now()
    if (seen.failure === null && client !== null) {
      published = await publishAll(config, beginMs, post).catch((error: Error) => {
        seen.failure ??= `publishing failed: ${error.message}`
        return 0
      })
      const untilMs = now() + LATE_MS
      while (arrived.size < published && now() < untilMs && seen.failure === null) await sleep(20)
      await sleep(SETTLE_MS)
    } else if (seen.failure === null) await sleep(config.durationMs)
    const after = countsOf(room)
    edge('end')
    const messages = client === null ? seen.foreign - messagesBefore : arrived.size
    const steady = difference(after, before)
    const windowMs = now() - beginMs
    const failed = seen.failure
    connection.close()
    // The answer to a Close frame is part of the connection's bytes.
    for (let waited = 0; waited < CLOSE_MS && !seen.ended; waited += 20) await sleep(20)
    return {
      way,
      url,
      messages: Math.max(0, messages),
      published,
      messageBytes: client === null ? null : config.messageBytes,
      total: countsOf(room),
      steady,
      windowMs,
      connections: seen.connections,
      latency,
      failure: failed,
    }
  } finally {
    connection.abort(null)
    room.timers.clear()
    await client?.close()
  }
}

/** On an absolute schedule; answers how many were published. */
async function publishAll(
  config: OverheadConfig,
  beginMs: number,
  post: (number: number) => Promise<void>,
): Promise<number> {
  const everyMs = (1000 / config.messagesPerSecond) * config.batch
  const batches = Math.max(1, Math.round(config.durationMs / everyMs))
  for (let index = 0; index < batches; index += 1) {
    await sleep(Math.max(0, beginMs + index * everyMs - now()))
    const numbers = Array.from({ length: config.batch }, (_, place) => index * config.batch + place + 1)
    await Promise.all(numbers.map(post))
  }
  return batches * config.batch
}

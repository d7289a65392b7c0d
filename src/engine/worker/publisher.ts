import type { PublishConfig, TargetConfig } from '../../config/run-config.ts'
import { FailureRanges } from '../../measure/failed-publishes.ts'
import { MARK_BYTES, markTime, writeMark } from '../../measure/mark.ts'
import type { Recorder } from '../../measure/recorder.ts'
import { primingSource, publisherSource } from '../../patterns/pattern.ts'
import { type MessageTemplate, messageTemplate } from '../../patterns/message-template.ts'
import { createHttpClient } from '../../wire/http-client.ts'
import { now } from '../../world/clock.ts'
import { Fifo } from '../../world/fifo.ts'
import { SentTimes } from '../../measure/sent-times.ts'
import { climbsConnections, type WorkerPlan } from './plan.ts'

/** Messages that may wait: beyond it the publish address is the limit and the rest is not sent. */
const QUEUE_MAX = 100_000
/** Publishers that take turns where the publish address is slow; every subscriber audits each of them. */
const PUBLISHERS_MAX = 64

export interface Publishing {
  /** Posts the message that was due then, as soon as a publisher is free. */
  publish(scheduledMs: number): void
  /** Messages that are waiting or under way. */
  readonly waiting: number
  /** Messages published so far, without those of the warm-up. */
  readonly counted: number
  /** How many of them were sent in [fromMs, untilMs). */
  countedIn(fromMs: number, untilMs: number): number
  prime(): void
  /** Messages whose request failed or is still under way, flat as `FailedPublishes` reads them. */
  failed(): number[]
  /** Drops what waits. */
  forget(): void
  /** The same at the end of the run, where it counts as not sent. */
  giveUp(): void
  close(): Promise<void>
}

/** A source of messages: one request at a time, so that its messages cannot overtake each other. */
interface Publisher {
  source: number
  /** The number of its next message. */
  next: number
  /** A request is under way. */
  isBusy: boolean
  failures: FailureRanges
  message: MessageTemplate
  sentAt: SentTimes
}

/** Publishes over HTTP, outside of the processes that receive. */
export function createPublishing(
  plan: WorkerPlan,
  publish: PublishConfig,
  recorder: Recorder,
  warmUpUntil: () => number,
): Publishing {
  const { config, tag, shard } = plan
  const client = createHttpClient(routingFor(config.target, publish.url, plan.url), PUBLISHERS_MAX + 1)
  const template = messageTemplate(config.message)
  const { timeoutMs } = config.target
  // Where nobody can come or go meanwhile, every span of time has all messages in it.
  const audienceChanges = config.stages.length > 0 || config.reconnect !== null || climbsConnections(config)
  const publishers: Publisher[] = []
  const idle: Publisher[] = []
  const queue = new Fifo<number>()
  let underWay = 0
  let counted = 0

  const post = async (message: Buffer): Promise<boolean> => {
    const body = bodyOf(publish.body, message)
    const headers = publish.headers.some(([name]) => name.toLowerCase() === 'content-type')
      ? publish.headers
      : [...publish.headers, ['Content-Type', 'text/plain'] as [string, string]]
    try {
      const answer = await client.send({ url: publish.url, method: publish.method, headers, body, timeoutMs })
      await answer.body.dump()
      if (answer.status >= 200 && answer.status < 300) return true
      recorder.failed('publish', `POST to ${publish.url} answered HTTP ${answer.status}`)
    } catch (error) {
      recorder.failed('publish', `POST to ${publish.url}: ${(error as Error).message}`)
    }
    recorder.count('publish_failed')
    return false
  }

  const free = (): Publisher | undefined => {
    if (idle.length > 0 || publishers.length === PUBLISHERS_MAX) return idle.pop()
    const source = publisherSource(shard, publishers.length)
    const failures = new FailureRanges()
    publishers.push({ source, next: 0, isBusy: false, failures, message: marked(template), sentAt: new SentTimes() })
    return publishers.at(-1)
  }

  const work = async (publisher: Publisher) => {
    const { bytes, markAt } = publisher.message
    underWay += 1
    for (let scheduledMs = queue.shift(); scheduledMs !== undefined; scheduledMs = queue.shift()) {
      const sentMs = now()
      recorder.recordMs('publish_wait', sentMs - scheduledMs)
      const { next } = publisher
      writeMark(bytes, markAt, tag, publisher.source, next, scheduledMs, sentMs)
      publisher.isBusy = true
      const isPublished = await post(bytes)
      publisher.isBusy = false
      // Also after a failure: the message may have gone out, and the next one with its number would be its duplicate.
      publisher.next += 1
      const isCounted = markTime(scheduledMs) >= warmUpUntil()
      if (!isPublished) {
        publisher.failures.add(next, isCounted)
        continue
      }
      recorder.hot.msgs_sent += 1
      recorder.recordMs('publish_rtt', now() - sentMs)
      if (!isCounted) {
        recorder.count('warmup_msgs_sent')
        continue
      }
      counted += 1
      if (audienceChanges) publisher.sentAt.add(sentMs)
    }
    underWay -= 1
    idle.push(publisher)
  }

  return {
    publish(scheduledMs) {
      if (queue.length >= QUEUE_MAX) {
        recorder.count('msgs_unsent')
        return
      }
      queue.push(scheduledMs)
      const publisher = free()
      if (publisher !== undefined) void work(publisher)
    },
    get waiting() {
      return queue.length + underWay
    },
    get counted() {
      return counted
    },
    countedIn(fromMs, untilMs) {
      if (!audienceChanges) return counted
      return publishers.reduce((sum, { sentAt }) => sum + sentAt.before(untilMs) - sentAt.before(fromMs), 0)
    },
    prime() {
      const { bytes, markAt } = marked(template)
      const time = now()
      writeMark(bytes, markAt, tag, primingSource(shard), 0, time, time)
      post(bytes).then(
        () => recorder.count('msgs_priming'),
        () => {},
      )
    },
    failed() {
      const flat: number[] = []
      for (const [publisher, { failures, isBusy, next }] of publishers.entries()) {
        failures.tell(publisher, flat)
        if (isBusy) flat.push(publisher, next, next, 1)
      }
      return flat
    },
    forget: () => queue.clear(),
    giveUp() {
      if (queue.length > 0) recorder.count('msgs_unsent', queue.length)
      queue.clear()
    },
    close: () => client.close(),
  }
}

// A message without a place for the mark cannot be followed to its receivers: the mark goes in front.
function marked(template: MessageTemplate): MessageTemplate {
  if (template.markAt >= 0) return { bytes: Buffer.from(template.bytes), markAt: template.markAt }
  return { bytes: Buffer.concat([Buffer.alloc(MARK_BYTES), template.bytes]), markAt: 0 }
}

function bodyOf(template: string, message: Buffer): Buffer {
  if (template === '{{message}}') return Buffer.from(message)
  const [before = '', after = ''] = template.split('{{message}}')
  return Buffer.concat([Buffer.from(before), message, Buffer.from(after)])
}

/** --connect-to and --unix-socket lead to the target; another origin is reached by its own name. */
function routingFor(target: TargetConfig, publishUrl: string, targetUrl: string): TargetConfig {
  const same = new URL(publishUrl).host === new URL(targetUrl).host
  return same ? target : { ...target, connectTo: null, unixSocket: null }
}

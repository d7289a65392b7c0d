import type { PublishConfig, TargetConfig } from '../../config/run-config.ts'
import { MARK_BYTES, writeMark } from '../../measure/mark.ts'
import type { Recorder } from '../../measure/recorder.ts'
import { primingSource, publisherSource } from '../../patterns/pattern.ts'
import { type MessageTemplate, messageTemplate } from '../../patterns/message-template.ts'
import { createHttpClient } from '../../wire/http-client.ts'
import { now } from '../../world/clock.ts'
import type { WorkerPlan } from './plan.ts'

/** Messages that one publisher may have waiting: beyond it the publish address is the limit and the rest is not sent. */
const QUEUE_MAX = 10_000

/** A source of messages: one request at a time, so that its messages cannot overtake each other. */
export interface Publisher {
  publish(scheduledMs: number): void
  readonly waiting: number
  readonly published: number
}

export interface Publishing {
  publishers: Publisher[]
  prime(): void
  close(): Promise<void>
}

/** Publishes over HTTP, outside of the processes that receive. */
export function createPublishing(plan: WorkerPlan, publish: PublishConfig, recorder: Recorder): Publishing {
  const { config, tag, shard, publishers } = plan
  const client = createHttpClient(routingFor(config.target, publish.url, plan.url), publishers + 1)
  const template = messageTemplate(config.message)
  const { timeoutMs } = config.target

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

  return {
    publishers: Array.from({ length: publishers }, (_, i) =>
      createPublisher(marked(template), tag, publisherSource(shard, i), post, recorder),
    ),
    prime() {
      const { bytes, markAt } = marked(template)
      const time = now()
      writeMark(bytes, markAt, tag, primingSource(shard), 0, time, time)
      post(bytes).then(
        () => recorder.count('msgs_priming'),
        () => {},
      )
    },
    close: () => client.close(),
  }
}

function createPublisher(
  { bytes, markAt }: MessageTemplate,
  tag: number,
  source: number,
  post: (message: Buffer) => Promise<boolean>,
  recorder: Recorder,
): Publisher {
  const queue: number[] = []
  let busy = false
  let published = 0

  const next = async () => {
    busy = true
    while (queue.length > 0) {
      const scheduledMs = queue.shift()!
      const sentMs = now()
      writeMark(bytes, markAt, tag, source, published, scheduledMs, sentMs)
      if (!(await post(bytes))) continue
      published += 1
      recorder.hot.msgs_sent += 1
      recorder.recordMs('publish_rtt', now() - sentMs)
    }
    busy = false
  }

  return {
    publish(scheduledMs) {
      if (queue.length >= QUEUE_MAX) {
        recorder.count('msgs_unsent')
        return
      }
      queue.push(scheduledMs)
      if (!busy) void next()
    },
    get waiting() {
      return queue.length + (busy ? 1 : 0)
    },
    get published() {
      return published
    },
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

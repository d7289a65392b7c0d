// The messages that run before, during and after: numbered, one at a time, each repeated until the endpoint took it.
import type { PublishConfig, TargetConfig } from '../../config/run-config.ts'
import { MARK_BYTES, writeMark } from '../../measure/mark.ts'
import { createHttpClient } from '../../wire/http-client.ts'
import { now } from '../../world/clock.ts'

export interface MessageSource {
  /** Messages that the endpoint took so far: numbers 0 … published − 1. */
  readonly published: number
  /** When it took each, ms on the monotonic clock. */
  readonly acceptedAt: readonly number[]
  readonly lastError: string
  stop(): Promise<void>
}

const SETTLE_MS = 300

/** How long messages run before the cut, so that every client has had one. */
export const leadMs = (everyMs: number): number => 2.5 * everyMs + SETTLE_MS

/** When they come in a run that has not taken place, ms since the cut. */
export function expectedMessages(everyMs: number, untilMs: number): number[] {
  const times: number[] = []
  for (let at = everyMs - leadMs(everyMs); at < untilMs; at += everyMs) if (at >= 0) times.push(at)
  return times
}

const ACCEPTED_MAX = 100_000
const TIMEOUT_MS = 5000

export function startMessages(
  config: PublishConfig,
  target: TargetConfig,
  everyMs: number,
  tag: number,
): MessageSource {
  // Straight to the endpoint: --connect-to is the clients' way, and leads to the gate.
  const client = createHttpClient({ ...target, connectTo: null }, 1)
  const mark = Buffer.alloc(MARK_BYTES)
  const acceptedAt: number[] = []
  let published = 0
  let lastError = ''
  let stopped = false
  let running: Promise<void> = Promise.resolve()
  let dueMs = now()

  async function publishOne() {
    const scheduledMs = now()
    writeMark(mark, 0, tag, 0, published, scheduledMs, scheduledMs)
    try {
      const answer = await client.send({
        url: config.url,
        method: config.method,
        headers: config.headers,
        body: config.body.replaceAll('{{message}}', mark.toString('latin1')),
        timeoutMs: TIMEOUT_MS,
      })
      await answer.body.dump()
      if (answer.status < 200 || answer.status > 299) throw new Error(`answered HTTP ${answer.status}`)
      published += 1
      if (acceptedAt.length < ACCEPTED_MAX) acceptedAt.push(now())
    } catch (error) {
      lastError = (error as Error).message
    }
  }
  function schedule() {
    dueMs = Math.max(dueMs + everyMs, now())
    timer = setTimeout(() => {
      running = publishOne().then(() => {
        if (!stopped) schedule()
      })
    }, dueMs - now())
  }
  let timer: NodeJS.Timeout | undefined
  schedule()
  return {
    acceptedAt,
    get published() {
      return published
    },
    get lastError() {
      return lastError
    },
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
      await client.close()
    },
  }
}

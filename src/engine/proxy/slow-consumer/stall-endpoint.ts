import { setTimeout as sleep } from 'node:timers/promises'
import { watchStalls } from '../../../measure/stalls.ts'
import { formatBytes } from '../../../report/text.ts'
import { now } from '../../../world/clock.ts'
import { emissionTimeOf } from '../buffering/emission-time.ts'
import { type ArrivedEvent, eventsOf } from '../client/decoded-events.ts'
import { ask, type HttpExchange } from '../client/http-exchange.ts'
import type { ProbeTarget } from '../client/probe-target.ts'
import { missingNumbers } from './event-number.ts'
import { ESTABLISHED, kernelSocketsAside } from './kernel-queues.ts'

/** What can be seen from outside when a client of somebody's stream stops reading and reads on later. */
export interface StalledStream {
  bytesPerSecond: number
  stallMs: number
  /** In the client's own kernel at the end of the stall; null: not to be seen on this system. */
  queuedBytes: number | null
  /** The client's kernel took no more for at least a second: what came then waited elsewhere. */
  wasFull: boolean
  /** After how much of the stall the connection was over; null: it was not, or nobody can tell when. */
  endedAfterMs: number | null
  /** The connection was over when the client read on. */
  ended: boolean
  /** How long it was read on. */
  drainMs: number
  /** From the resumption until the pace from before the stall was back, or the watch was over. */
  caughtUpBytes: number
  /** Events that numbers say were left out; null: they bear no numbers. */
  missing: number | null
  /** The longest time in which nothing was emitted, by the events' own clock; null: they bear no time. */
  silenceMs: number | null
  /** The same before the stall. */
  usualSilenceMs: number | null
  /** Share of the stall and what follows in which this process did not run. */
  blindShare: number
  /** Events after the resumption that should have been emitted by the pace from before, and those that came. */
  expected: number
  came: number
}

export const STALL_MS = 5000
const BASE_MS = 1500
const DRAIN_MS = 2500
/** A backlog that still comes faster than the stream is waited for, as long as this. */
const MOST_DRAIN_MS = 7500
const DRAIN_LOOK_MS = 500
const CATCHING_UP = 1.2
const LOOK_MS = 100
const KEPT_BYTES = 128 * 1024 * 1024
/** A stream that brings less than this in the stall fits into any kernel. */
export const LEAST_BYTES = 512 * 1024

/** A string says why nothing could be seen. */
export async function stallEndpoint(target: ProbeTarget): Promise<StalledStream | string> {
  const opened = await ask(target, {
    path: target.path,
    headers: [
      ['Accept', 'text/event-stream'],
      ['Accept-Encoding', 'identity'],
    ],
    keptBytes: KEPT_BYTES,
  })
  if (!opened.ok) return opened.reason
  const stream = opened.value
  try {
    await stream.headArrived(BASE_MS)
    // What a server keeps for those who come late is no measure of its pace.
    await sleep(BASE_MS / 3)
    const fromBytes = stream.bodyBytes
    const fromMs = now()
    await sleep(BASE_MS)
    const bytesPerSecond = ((stream.bodyBytes - fromBytes) / (now() - fromMs)) * 1000
    if (stream.head?.status !== 200) return `answered HTTP ${stream.head?.status ?? '(nothing)'}`
    if (stream.bodyEndedAtMs !== null) return 'the stream ended by itself'
    if ((bytesPerSecond * STALL_MS) / 1000 < LEAST_BYTES)
      return `the stream brings ${formatBytes(bytesPerSecond)}/s: in ${STALL_MS / 1000} s that fits into the client's kernel, so the server would notice nothing (at least ${formatBytes(LEAST_BYTES)} are needed)`
    const pausedMs = now()
    const watch = watchStalls()
    const before = stream.bodyBytes
    const seen = await standStill(stream)
    const resumedMs = now()
    await readOn(stream, bytesPerSecond)
    const drainMs = now() - resumedMs
    watch.stop()
    const blindMs = watch.stalls.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0)
    const blindShare = blindMs / (now() - pausedMs)
    const events = await eventsOf(stream)
    const after = events.filter(({ atMs }) => atMs >= resumedMs)
    const pace = events.filter(({ atMs }) => atMs >= fromMs && atMs < pausedMs).length / (pausedMs - fromMs)
    const endedMs = stream.end?.atMs ?? stream.bodyEndedAtMs
    return {
      ...seen,
      bytesPerSecond,
      stallMs: resumedMs - pausedMs,
      ended: endedMs !== null,
      blindShare,
      drainMs,
      caughtUpBytes: stream.bodyBytes - before,
      missing: missingNumbers(events),
      silenceMs: longestSilence(events),
      usualSilenceMs: longestSilence(events.filter(({ atMs }) => atMs < pausedMs)),
      expected: Math.round(pace * ((endedMs ?? now()) - pausedMs)),
      came: after.length,
    }
  } finally {
    stream.close()
  }
}

async function standStill({
  pipe,
}: HttpExchange): Promise<Pick<StalledStream, 'queuedBytes' | 'wasFull' | 'endedAfterMs'>> {
  const beganMs = now()
  let queuedBytes: number | null = null
  let grewMs = beganMs
  let endedAfterMs: number | null = null
  pipe.pause()
  while (now() - beganMs < STALL_MS) {
    await sleep(LOOK_MS)
    const sockets = await kernelSocketsAside()
    const own = sockets.find(
      ({ localPort, remotePort }) => localPort === pipe.localPort && remotePort === pipe.remotePort,
    )
    if (own !== undefined && own.receiveBytes > (queuedBytes ?? -1)) {
      queuedBytes = own.receiveBytes
      grewMs = now()
    }
    const isOver = queuedBytes !== null && own?.state !== ESTABLISHED
    if (isOver) endedAfterMs ??= now() - beganMs
  }
  return { queuedBytes, endedAfterMs, wasFull: queuedBytes !== null && endedAfterMs === null && now() - grewMs >= 1000 }
}

async function readOn(stream: HttpExchange, usualPerSecond: number): Promise<void> {
  stream.pipe.resume()
  const isOver = () => stream.end !== null || stream.bodyEndedAtMs !== null
  const beganMs = now()
  for (let isCatchingUp = true; !isOver() && isCatchingUp && now() - beganMs < MOST_DRAIN_MS;) {
    const fromBytes = stream.bodyBytes
    const fromMs = now()
    await stream.finished(DRAIN_LOOK_MS)
    const perSecond = ((stream.bodyBytes - fromBytes) / (now() - fromMs)) * 1000
    isCatchingUp = now() - beganMs < DRAIN_MS || perSecond > CATCHING_UP * usualPerSecond
  }
}

function longestSilence(events: readonly ArrivedEvent[]): number | null {
  const times = events.map(({ data }) => emissionTimeOf(data))
  if (times.length < 3 || times.includes(null)) return null
  return Math.max(...times.slice(1).map((time, index) => time! - times[index]!))
}

// One policy's outage, from the first connection to the last client back.
import type { OutageConfig } from '../../config/outage-config.ts'
import type { PublishConfig, Transport } from '../../config/run-config.ts'
import { runTag } from '../../measure/mark.ts'
import { routeOf } from '../../wire/route.ts'
import { now } from '../../world/clock.ts'
import type { Progress, RunContext } from '../progress.ts'
import type { MeasuredHerd, Moments } from './measured.ts'
import { putTogether } from './measured.ts'
import type { MessageSource } from './message-source.ts'
import { leadMs, startMessages } from './message-source.ts'
import { herdPlans } from './plans.ts'
import { openRehearsalServer, type RehearsalServer } from './rehearsal-server.ts'
import { commandedService, gatedService, whyRefused } from './service.ts'
import { spreadHerd } from './spread.ts'
import type { ChosenFault } from './units.ts'
import type { HerdWorkers } from './workers.ts'
import { startHerdWorkers } from './workers.ts'

export interface OutageTarget {
  transport: Transport
  url: string
  publish: PublishConfig | null
  messageEveryMs: number
}

export interface PolicyOutcome {
  policy: string
  opened: number
  openFailed: number
  openExample: string
  /** Null: nobody could connect. */
  measured: MeasuredHerd | null
  moments: Moments | null
  /** When the endpoint took the messages, ms since the cut. */
  messagesAtMs: number[]
  /** The service did not come back within the horizon. */
  neverRestored: boolean
  lostWorkers: readonly string[]
  publishError: string
}

const LOOK_EVERY_MS = 50
const QUIET_MS = 300
const FINISH_TIMEOUT_MS = 10_000

export async function conductPolicy(
  config: OutageConfig,
  policy: string,
  chosen: ChosenFault,
  target: OutageTarget,
  context: RunContext,
): Promise<PolicyOutcome> {
  const route = routeOf(config.target, target.url)!
  const tag = runTag(Math.floor(now()))
  const { workers: count, gates } = spreadHerd(config)
  const service = config.commands
    ? commandedService(config.commands, route)
    : await gatedService(config, chosen, route, gates)
  let rehearsal: RehearsalServer | undefined
  let workers: HerdWorkers | undefined
  let messages: MessageSource | undefined
  try {
    rehearsal = await openRehearsalServer()
    const openPorts = await service.rehearse(rehearsal.place)
    const places = { connectTo: service.connectTo, openPorts, closedPort: rehearsal.closedPort }
    workers = await startHerdWorkers(herdPlans(config, policy, target, places, tag, count))
    workers.send({ type: 'open' })
    const opening = await interruptible(workers.all('opened'), context.stop)
    const opened = opening?.reduce((total, told) => total + told.opened, 0) ?? 0
    const outcome: PolicyOutcome = {
      policy,
      opened,
      openFailed: opening?.reduce((total, told) => total + told.failed, 0) ?? 0,
      openExample: opening?.find(told => told.example !== '')?.example ?? '',
      measured: null,
      moments: null,
      messagesAtMs: [],
      neverRestored: false,
      lostWorkers: workers.lost,
      publishError: '',
    }
    const openedAt = now()
    // Through the gate a target that is not there looks like one that hangs up.
    if (opened === 0) return { ...outcome, openExample: (await whyRefused(route)) ?? outcome.openExample }
    if (context.stop.aborted) return outcome
    if (target.publish) {
      messages = startMessages(target.publish, config.target, target.messageEveryMs, tag)
      await sleep(leadMs(target.messageEveryMs), context.stop)
    }
    rehearsal.stop()
    workers.send({ type: 'watch' })
    await workers.all('tally')
    const spared = opening?.flatMap(told => told.controlPorts) ?? []
    const cutAt = await service.cut(spared)
    await watchFor(config.downMs - (now() - cutAt), 'down', workers, context)
    const deadlineAt = now() + config.horizonMs
    const restored = await service.restore(deadlineAt)
    const restoredAt = restored ?? now()
    const needsMessages = messages !== undefined
    const quietAt = restoredAt + Math.max(QUIET_MS, needsMessages ? 2.5 * target.messageEveryMs : 0)
    await watchUntil(() => now() >= deadlineAt || isOver(workers!, quietAt), workers, context)
    const published = messages?.published ?? 0
    await messages?.stop()
    await sleep(QUIET_MS, context.stop)
    const log = await service.log()
    const endedAt = now()
    workers.send({ type: 'finish' })
    const results = await resultsOf(workers)
    const total = Math.max(published, messages?.published ?? 0)
    const upMs = cutAt - openedAt
    const moments: Moments = {
      upMs,
      cutAt,
      restoredAt,
      endedAt,
      published: total,
      streamed: needsMessages && total > 0,
    }
    return {
      ...outcome,
      measured: putTogether(
        results.map(({ result }) => result),
        moments,
        log,
      ),
      moments,
      messagesAtMs: messages?.acceptedAt.map(at => at - cutAt) ?? [],
      neverRestored: restored === null,
      publishError: messages?.published === 0 ? messages.lastError : '',
    }
  } finally {
    await messages?.stop()
    workers?.kill()
    rehearsal?.stop()
    await service.stop()
  }
}

/** Of the workers that answer in time. */
async function resultsOf(workers: HerdWorkers) {
  const answered = new AbortController()
  const late = sleep(FINISH_TIMEOUT_MS, answered.signal).then(() => workers.latest('result'))
  const results = await Promise.race([workers.all('result'), late])
  answered.abort()
  return results
}

// A tally from before the cut reached the clients would say that nobody is missing.
const isOver = (workers: HerdWorkers, sinceMs: number) =>
  workers.latest('tally').every(({ at, trying }) => at >= sinceMs && trying === 0)

async function watchFor(ms: number, phase: 'down', workers: HerdWorkers, context: RunContext): Promise<void> {
  const untilMs = now() + ms
  await watchUntil(() => now() >= untilMs, workers, context, phase, ms)
}

async function watchUntil(
  isDone: () => boolean,
  workers: HerdWorkers,
  context: RunContext,
  phase: 'down' | 'recovering' = 'recovering',
  plannedMs: number | null = null,
): Promise<void> {
  const startMs = now()
  let toldMs = 0
  while (!isDone() && !context.stop.aborted && workers.lost.length === 0) {
    await sleep(LOOK_EVERY_MS)
    if (now() - toldMs < 1000) continue
    toldMs = now()
    tellProgress(workers, context, { phase, elapsedMs: toldMs - startMs, plannedMs })
  }
}

type Stage = Pick<Progress, 'phase' | 'elapsedMs' | 'plannedMs'>

function tellProgress(workers: HerdWorkers, context: RunContext, stage: Stage) {
  const tallies = workers.latest('tally')
  const sum = (of: (tally: (typeof tallies)[number]) => number) =>
    tallies.reduce((total, tally) => total + of(tally), 0)
  const [back, gaveUp, trying] = [sum(tally => tally.back), sum(tally => tally.gaveUp), sum(tally => tally.trying)]
  context.observer({
    ...stage,
    connections: { asked: back + gaveUp + trying, open: back, failed: gaveUp, dropped: trying },
    sentPerSecond: 0,
    receivedPerSecond: 0,
    bytesPerSecond: 0,
    latencyName: '',
    p50Ms: null,
    p99Ms: null,
    errors: gaveUp,
    generator: { loopLagMs: 0, sendLagMs: 0, cpuShare: 0 },
    note: `${sum(tally => tally.attempts)} attempts, ${trying} clients not back`,
  })
}

/** Resolves early when the run is stopped. */
function sleep(ms: number, stop?: AbortSignal): Promise<void> {
  if (stop?.aborted) return Promise.resolve()
  return new Promise(resolve => {
    const wake = () => {
      clearTimeout(timer)
      stop?.removeEventListener('abort', wake)
      resolve()
    }
    const timer = setTimeout(wake, Math.max(0, ms))
    stop?.addEventListener('abort', wake)
  })
}

/** Null when the run is stopped first. */
function interruptible<T>(promise: Promise<T>, stop: AbortSignal): Promise<T | null> {
  if (stop.aborted) return Promise.resolve(null)
  return new Promise((resolve, reject) => {
    const leave = () => resolve(null)
    stop.addEventListener('abort', leave)
    promise.then(resolve, reject).finally(() => stop.removeEventListener('abort', leave))
  })
}

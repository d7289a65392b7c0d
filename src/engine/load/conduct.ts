import type { LoadConfig } from '../../config/run-config.ts'
import { Collector } from '../../measure/collector.ts'
import { SkewMerger } from '../../measure/skew.ts'
import { now } from '../../world/clock.ts'
import type { Phase, RunContext } from '../progress.ts'
import { climbsConnections, type WorkerPlan } from '../worker/plan.ts'
import { tellExpected } from './audience.ts'
import { type FoundMax, findMax } from './find-max.ts'
import { levelIntervals } from './try-level.ts'
import { watchAborts } from './abort-on-threshold.ts'
import { UnderWay } from './under-way.ts'
import { startWorkers, type Workers } from './workers.ts'
import { collectGarbage, collectYoungGarbage, keepYoungGenerationSize } from '../../world/garbage.ts'

/** What a load run brought, before it is judged. */
export interface LoadOutcome {
  collector: Collector
  opened: number
  /** Messages that did not reach somebody who was to get them; null: there was nobody, or it is not known. */
  lost: number | null
  /** When the schedule ran, clock of `world/clock.ts`; null: it never came to that. */
  ranFrom: number | null
  ranTo: number | null
  lostWorkers: string[]
  /** Messages that were under way in workers that are lost: nobody knows what became of them. */
  unknown: number
  /** The result of --find-max. */
  foundMax: FoundMax | null
  /** The threshold that ended the run early. */
  abortedBy: string | null
}

/** What the conductor tells while it works; a value, read by the progress display. */
export interface Stage {
  phase: Phase
  collector: Collector
  plannedMs: number | null
  note: string
}

const CLOSE_GRACE_MS = 2000
const CLOSE_MS = CLOSE_GRACE_MS + 5000
const START_DELAY_MS = 20
/** So long the workers only watch how late their timers are: what this machine adds before they do anything. */
const CALIBRATION_MS = 100
const PRIME_EVERY_MS = 400
/** A snapshot brings some 100 KB outside the heap of V8, dead as soon as it is added. */
const SNAPSHOTS_PER_COLLECTION = 10
/** What lived on for some intervals is not young any more, and V8 would let MB of it gather in a run of minutes. */
const SNAPSHOTS_PER_FULL_COLLECTION = 30
/** After an interrupt, what is under way may still arrive for this long. */
const INTERRUPTED_DRAIN_MS = 500

/** Opens, runs, drains and closes; the workers do the work. */
export async function conduct(
  config: LoadConfig,
  plans: WorkerPlan[],
  latency: string | null,
  context: RunContext,
  onStage: (stage: Stage) => void,
): Promise<LoadOutcome> {
  const judged = config.findMax === null ? [] : [config.findMax.metric, 'gen_run_delay']
  const kept = ['gen_loop_lag', 'gen_send_lag', latency, ...judged]
  const window = config.findMax === null ? 0 : levelIntervals(config)
  const collector = new Collector(
    kept.filter(name => typeof name === 'string'),
    latency,
    window,
  )
  const receiving = plans.filter(({ publishes }) => !publishes).length
  const skews = new SkewMerger(receiving, ms => collector.recordMs('push_skew', ms))
  const outcome: LoadOutcome = {
    collector,
    opened: 0,
    lost: null,
    ranFrom: null,
    ranTo: null,
    lostWorkers: [],
    unknown: 0,
    foundMax: null,
    abortedBy: null,
  }
  const aborted = new Promise<void>(resolve => {
    if (context.stop.aborted) resolve()
    else context.stop.addEventListener('abort', () => resolve(), { once: true })
  })
  let giveUp = () => {}
  const workerLost = new Promise<void>(resolve => {
    giveUp = resolve
  })
  const underWay = new UnderWay()
  let snapshots = 0
  const workers = await startWorkers({
    plans,
    onSnapshot(snapshot, worker) {
      collector.add(snapshot)
      underWay.add(worker, snapshot)
      skews.add(snapshot.skews)
      snapshots += 1
      if (snapshots % SNAPSHOTS_PER_FULL_COLLECTION === 0) collectGarbage()
      else if (snapshots % SNAPSHOTS_PER_COLLECTION === 0) collectYoungGarbage()
    },
    onLost(worker, how) {
      outcome.lostWorkers.push(`worker ${worker} ${how}`)
      outcome.unknown += underWay.of(worker)
      if (config.onWorkerExit === 'fail') giveUp()
    },
  })
  const watch = watchAborts(config, collector)
  const stopped = Promise.race([aborted, workerLost, watch.missed])
  const runMs = config.warmUpMs + config.durationMs
  const enter = (phase: Phase, plannedMs: number | null) => onStage({ phase, collector, plannedMs, note: '' })

  try {
    enter('opening', null)
    collectGarbage()
    keepYoungGenerationSize()
    await Promise.race([sleep(CALIBRATION_MS), stopped])
    workers.send({ type: 'open' }, false)
    const settled = workers.all('settled', false)
    // Connections that come later are counted at the end.
    const opensLater = config.stages.length > 0 || climbsConnections(config)
    if (!opensLater) await Promise.race([settled, stopped])
    const opened = opensLater ? 1 : sum((await within(settled, 0)) ?? [], 'opened')
    outcome.opened = opened
    if (opened > 0 && !context.stop.aborted) {
      if (config.pattern === 'publish' && !climbsConnections(config))
        await prime(workers, config.target.timeoutMs, stopped)
      // Whole ms: what is due at the very end of the warm-up is then on the same side of it for everybody.
      const startAt = Math.round(now() + START_DELAY_MS)
      outcome.ranFrom = startAt + config.warmUpMs
      enter(config.warmUpMs > 0 ? 'warm-up' : 'running', runMs)
      const endAt = config.findMax === null ? startAt + runMs : Number.MAX_SAFE_INTEGER
      const warmUpUntil = config.warmUpMs === 0 ? 0 : startAt + config.warmUpMs
      workers.send({ type: 'run', startAt, warmUpUntil, endAt })
      watch.start(startAt + config.warmUpMs)
      if (config.findMax === null) await Promise.race([runToEnd(config, workers, startAt + runMs), stopped])
      else {
        const note = (text: string) => onStage({ phase: 'running', collector, plannedMs: null, note: text })
        const room = { config, plans, workers, collector, stopped, note }
        outcome.foundMax = await findMax(room)
        workers.send({ type: 'pause' })
      }
      outcome.ranTo = now()
      outcome.abortedBy = watch.stop()
      const gaveUp = config.onWorkerExit === 'fail' && outcome.lostWorkers.length > 0
      const interrupted = context.stop.aborted || gaveUp || outcome.abortedBy !== null
      if (interrupted) workers.send({ type: 'pause' })
      enter('draining', null)
      let expected = false
      if (config.pattern === 'publish') {
        const finished = await within(workers.all('finished', true), config.target.timeoutMs)
        const telling = tellExpected(workers, plans, sum(finished ?? [], 'published'))
        expected = (await within(telling, config.target.timeoutMs)) ?? false
      }
      const deadlineAt = now() + (interrupted ? INTERRUPTED_DRAIN_MS : config.target.timeoutMs)
      workers.send({ type: 'drain', deadlineAt }, false)
      const drained = await within(workers.all('drained', false), deadlineAt - now() + 1000)
      if (expected && drained !== undefined) outcome.lost = sum(drained, 'lost')
    }
    workers.send({ type: 'close', graceMs: context.stop.aborted ? INTERRUPTED_DRAIN_MS : CLOSE_GRACE_MS })
    await within(workers.all('closed'), CLOSE_MS)
    if (opensLater) outcome.opened = collector.counter('conn_opened')
    return outcome
  } finally {
    workers.kill(`did not close within ${CLOSE_MS / 1000} s and was ended by rtbench: its last counts are missing`)
  }
}

/** Messages are counted only once every subscriber is known to receive: its subscription may take effect late. */
async function prime(workers: Workers, timeoutMs: number, stopped: Promise<void>): Promise<void> {
  const deadlineAt = now() + timeoutMs
  workers.send({ type: 'prime', deadlineAt })
  const primed = Promise.race([workers.all('primed', false), stopped]).then(() => true)
  while (!(await Promise.race([primed, sleep(PRIME_EVERY_MS).then(() => now() >= deadlineAt)]))) {
    workers.send({ type: 'prime', deadlineAt }, true)
  }
}

async function runToEnd(config: LoadConfig, workers: Workers, endAt: number): Promise<void> {
  if (config.pattern === 'echo') await workers.all('finished', false)
  else if (config.pattern === 'publish') await workers.all('finished', true)
  else await sleep(endAt - now())
}

const sleep = (ms: number): Promise<void> =>
  new Promise(resolve => {
    setTimeout(resolve, Math.max(0, ms)).unref()
  })

/** The value, or undefined when it does not come in time. */
const within = <T>(promise: Promise<T>, ms: number): Promise<T | undefined> =>
  Promise.race([promise, sleep(ms).then(() => undefined)])

const sum = <K extends string>(messages: { [key in K]: number | null }[], key: K): number =>
  messages.reduce((total, message) => total + (message[key] ?? 0), 0)

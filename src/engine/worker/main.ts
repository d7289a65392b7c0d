// The process of one worker: takes its plan from the parent, tells a snapshot per interval, ends with its parent.

import { watchHealth } from '../../measure/health.ts'
import { Recorder } from '../../measure/recorder.ts'
import type { PatternUnit } from '../../patterns/pattern.ts'
import type { TransportUnit } from '../../transports/transport.ts'
import { now } from '../../world/clock.ts'
import { Pacer } from './pacer.ts'
import { type FromWorker, streamOf, type ToWorker, type WorkerPlan } from './plan.ts'
import { retryRule } from './retry.ts'
import { type ConnectionWorker, createConnectionWorker } from './worker.ts'
import { seededRandom, splitSeed } from '../../world/random.ts'

const tell = (message: FromWorker) => process.send?.(message)

// The parent decides when a run ends; a Ctrl-C on the terminal reaches the whole process group.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => {})
process.on('disconnect', () => process.exit(0))

// Orders that come while the plan is being prepared wait for it.
let obey: Promise<(message: ToWorker) => void>
process.on('message', (message: ToWorker) => {
  if (message.type === 'plan') {
    obey = start(message.plan)
    obey
      .then(() => {
        // What starting left behind would otherwise be collected while something is measured.
        globalThis.gc?.()
        tell({ type: 'planned' })
      })
      .catch(fail)
  } else obey.then(handle => handle(message)).catch(fail)
})
tell({ type: 'ready' })

function fail(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(70)
}

async function start(plan: WorkerPlan): Promise<(message: ToWorker) => void> {
  const recorder = new Recorder()
  const health = watchHealth(recorder)
  const role = plan.publishes ? await publisherRole(plan, recorder) : await connectionRole(plan, recorder)
  let interval = 0
  const { timelineMs } = plan.config

  const snapshot = () => {
    const { cpuShare, rssBytes } = health.take()
    const own = plan.publishes ? { publisher_cpu: cpuShare } : {}
    const levels = { ...role.levels(), ...own, gen_cpu: cpuShare, gen_rss: rssBytes, workers: 1 }
    tell({ type: 'snapshot', snapshot: recorder.take(interval, levels) })
    interval += 1
  }
  // Intervals end on the common grid. After a stall the grid is met again at its next line.
  const schedule = () => {
    const nextAt = plan.originAt + (interval + 1) * timelineMs
    setTimeout(
      () => {
        interval = Math.max(interval, Math.floor((now() - plan.originAt) / timelineMs) - 1)
        snapshot()
        schedule()
      },
      Math.max(1, nextAt - now()),
    )
  }
  schedule()
  health.enter('idle')

  return message => {
    if (message.type === 'run') {
      // The warm-up is there for what is slow at first, ours included.
      const from = Math.max(message.startAt, message.warmUpUntil)
      setTimeout(() => health.enter('running'), Math.max(0, from - now()))
    }
    if (message.type === 'open' || message.type === 'drain') health.enter('opening')
    // The next level of --find-max.
    if (message.type === 'rate' || message.type === 'connections') health.enter('running')
    if (message.type !== 'close') {
      role.handle(message)
      return
    }
    role.close(message.graceMs).then(() => {
      interval = Math.max(interval, Math.floor((now() - plan.originAt) / timelineMs))
      snapshot()
      health.stop()
      process.send?.({ type: 'closed' } satisfies FromWorker, () => process.exit(0))
    }, fail)
  }
}

interface Role {
  levels(): Record<string, number>
  handle(message: ToWorker): void
  close(graceMs: number): Promise<void>
}

async function connectionRole(plan: WorkerPlan, recorder: Recorder): Promise<Role> {
  const { default: unit } = (await import(`../../transports/${plan.transport}.js`)) as { default: TransportUnit }
  const { default: pattern } = (await import(`../../patterns/${plan.config.pattern}.js`)) as { default: PatternUnit }
  const worker = createConnectionWorker(
    plan,
    unit,
    transport =>
      pattern.create({
        config: plan.config,
        recorder,
        transport,
        tag: plan.tag,
        shard: plan.shard,
        clock: plan.clock,
        warmUpUntil: () => warmUpUntil,
      }),
    await retryRule(plan),
    recorder,
    () => warmUpUntil,
    tell,
  )
  let warmUpUntil = 0
  return {
    levels: () => ({ connections: worker.openCount }),
    handle(message) {
      if (message.type === 'open') worker.open()
      else if (message.type === 'prime')
        until(
          () => worker.primed(),
          message.deadlineAt,
          () => tell({ type: 'primed' }),
        )
      else if (message.type === 'run') {
        warmUpUntil = message.warmUpUntil
        worker.run(message.startAt, message.endAt)
      } else if (message.type === 'rate') worker.rate(message.perSecond)
      else if (message.type === 'connections') worker.connections(message.count)
      else if (message.type === 'pause') worker.pause()
      else if (message.type === 'spans')
        tell({ type: 'spans', worker: plan.worker, spans: Float64Array.from(worker.audience?.spans() ?? []) })
      else if (message.type === 'expect') worker.audience?.expect(message.published, message.inSpans, message.failed)
      else if (message.type === 'drain') {
        const told = () => ({ outstanding: worker.outstanding(), lost: worker.audience?.lost() ?? null })
        until(
          () => worker.outstanding() === 0,
          message.deadlineAt,
          () => tell({ type: 'drained', ...told() }),
        )
      }
    },
    close: graceMs => closeWithin(worker, graceMs),
  }
}

function closeWithin(worker: ConnectionWorker, graceMs: number): Promise<void> {
  worker.close()
  return new Promise(resolve => {
    until(
      () => worker.pending === 0,
      now() + graceMs,
      () => {
        worker.abort()
        // One turn of the loop, so that the bytes of the aborted connections are accounted for.
        setImmediate(resolve)
      },
    )
  })
}

async function publisherRole(plan: WorkerPlan, recorder: Recorder): Promise<Role> {
  // Only a publisher needs an HTTP library; the others start and stay smaller without.
  const { createPublishing } = await import('./publisher.ts')
  const publishing = createPublishing(plan, plan.config.publish!, recorder, () => warmUpUntil)
  const { pace } = plan.config
  const sendLag = recorder.histogram('gen_send_lag')
  const warmUpLag = recorder.histogram('warmup_gen_send_lag')
  let warmUpUntil = 0
  const finished = () => {
    // What still waits is published no more: its receivers are not to expect it.
    publishing.giveUp()
    tell({ type: 'finished', published: publishing.counted })
  }
  const pacer = new Pacer({
    targets: [publishing],
    send: (_, scheduledMs) => publishing.publish(scheduledMs),
    flush: () => {},
    arrival: pace.kind === 'open-total' ? pace.arrival : 'constant',
    random: seededRandom(splitSeed(plan.seed, streamOf(plan))),
    sendLag: dueMs => (dueMs < warmUpUntil ? warmUpLag : sendLag),
    unsent: count => recorder.count('gen_unsent', count),
    finished: () => until(() => publishing.waiting === 0, now() + plan.config.target.timeoutMs, finished),
  })
  return {
    levels: () => ({}),
    handle(message) {
      if (message.type === 'prime') publishing.prime()
      else if (message.type === 'run') {
        const perSecond = pace.kind === 'open-total' ? pace.total / plan.shards : 0
        warmUpUntil = message.warmUpUntil
        pacer.start(message.startAt, message.endAt, perSecond, plan.shard / plan.shards)
      } else if (message.type === 'rate') pacer.setRate(message.perSecond)
      else if (message.type === 'pause') {
        pacer.stop()
        finished()
      } else if (message.type === 'drain') {
        // Between two levels of --find-max: what waits belongs to the one that is over.
        publishing.forget()
        until(
          () => publishing.waiting === 0,
          message.deadlineAt,
          () => tell({ type: 'drained', outstanding: publishing.waiting, lost: null }),
        )
      } else if (message.type === 'count') {
        const { spans } = message
        const inSpans = new Float64Array(spans.length / 2)
        for (let i = 0; i < inSpans.length; i += 1) inSpans[i] = publishing.countedIn(spans[2 * i]!, spans[2 * i + 1]!)
        tell({ type: 'counted', inSpans, failed: Float64Array.from(publishing.failed()) })
      }
    },
    async close() {
      pacer.stop()
      await publishing.close()
    },
  }
}

/** Looks every 5 ms; `then` is called once, at the latest at `deadlineAt`. */
function until(condition: () => boolean, deadlineAt: number, then: () => void): void {
  if (condition() || now() >= deadlineAt) then()
  else setTimeout(() => until(condition, deadlineAt, then), 5)
}

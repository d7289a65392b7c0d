// The process of one worker: takes its plan from the parent, tells a snapshot per interval, ends with its parent.

import { watchHealth } from '../../measure/health.ts'
import { Recorder } from '../../measure/recorder.ts'
import type { PatternUnit } from '../../patterns/pattern.ts'
import type { TransportUnit } from '../../transports/transport.ts'
import { now } from '../../world/clock.ts'
import { Pacer } from './pacer.ts'
import type { FromWorker, ToWorker, WorkerPlan } from './plan.ts'
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
  if (message.type === 'plan') obey = start(message.plan)
  else obey.then(handle => handle(message)).catch(fail)
})
tell({ type: 'ready' })

function fail(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
  process.exit(70)
}

async function start(plan: WorkerPlan): Promise<(message: ToWorker) => void> {
  const recorder = new Recorder()
  const health = watchHealth(recorder)
  const role = plan.publishers > 0 ? await publisherRole(plan, recorder) : await connectionRole(plan, recorder)
  let interval = 0
  const { timelineMs } = plan.config

  const snapshot = () => {
    const { cpuShare, rssBytes } = health.take()
    const levels = { ...role.levels(), gen_cpu: cpuShare, gen_rss: rssBytes, workers: 1 }
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

  return message => {
    if (message.type === 'run') setTimeout(() => health.running(true), Math.max(0, message.startAt - now()))
    else if (message.type === 'drain') health.running(false)
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
        warmUpUntil: () => warmUpUntil,
      }),
    await retryRule(plan),
    recorder,
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
      else if (message.type === 'drain') {
        const left = () => worker.outstanding(message.published)
        until(
          () => left() === 0,
          message.deadlineAt,
          () => tell({ type: 'drained', outstanding: left() }),
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
  const { publishers, prime, close } = createPublishing(plan, plan.config.publish!, recorder)
  const { pace } = plan.config
  const total = () => publishers.reduce((sum, publisher) => sum + publisher.published, 0)
  const pacer = new Pacer({
    targets: publishers,
    send: (publisher, scheduledMs) => publisher.publish(scheduledMs),
    flush: () => {},
    arrival: pace.kind === 'open-total' ? pace.arrival : 'constant',
    random: seededRandom(splitSeed(plan.seed, plan.worker)),
    sendLag: recorder.histogram('gen_send_lag'),
    unsent: count => recorder.count('gen_unsent', count),
    finished() {
      const idle = () => publishers.every(publisher => publisher.waiting === 0)
      until(idle, now() + plan.config.target.timeoutMs, () => tell({ type: 'finished', published: total() }))
    },
  })
  return {
    levels: () => ({}),
    handle(message) {
      if (message.type === 'prime') prime()
      else if (message.type === 'run') {
        const perSecond = pace.kind === 'open-total' ? pace.total / (plan.config.shard?.count ?? 1) : 0
        pacer.start(message.startAt, message.endAt, perSecond, 0)
      } else if (message.type === 'rate') pacer.setRate(message.perSecond)
      else if (message.type === 'pause') {
        pacer.stop()
        tell({ type: 'finished', published: total() })
      }
    },
    async close() {
      pacer.stop()
      await close()
    },
  }
}

/** Looks every 5 ms; `then` is called once, at the latest at `deadlineAt`. */
function until(condition: () => boolean, deadlineAt: number, then: () => void): void {
  if (condition() || now() >= deadlineAt) then()
  else setTimeout(() => until(condition, deadlineAt, then), 5)
}

import type { Recorder } from '../../measure/recorder.ts'
import type { Audience, PatternRun } from '../../patterns/pattern.ts'
import type { Connection, ConnectionListener, TransportRoom, TransportUnit } from '../../transports/transport.ts'
import { routeOf } from '../../wire/route.ts'
import { now } from '../../world/clock.ts'
import { seededRandom, splitSeed } from '../../world/random.ts'
import { Opener } from './opener.ts'
import { Pacer } from './pacer.ts'
import { climbsConnections, type FromWorker, streamOf, type WorkerPlan, workerShare } from './plan.ts'
import type { RetryRule } from './retry.ts'
import { Redirects } from './redirects.ts'
import { createRooms } from './rooms.ts'

// More gain nothing. A poll, though, is known to be held only after a while, in which it costs nothing.
const HANDSHAKES_AT_ONCE = { ws: 64, sse: 64, poll: 1024 }
const AIM_MS = 20

/** A worker that holds connections: opens them, runs the pattern on them, and lets them go. */
export interface ConnectionWorker {
  readonly transport: TransportRoom
  open(): void
  run(startAt: number, endAt: number): void
  rate(perSecond: number): void
  connections(count: number): void
  pause(): void
  outstanding(): number
  primed(): boolean
  readonly audience: Audience | undefined
  close(): void
  abort(): void
  readonly openCount: number
  readonly pending: number
}

export function createConnectionWorker(
  plan: WorkerPlan,
  unit: TransportUnit,
  createPattern: (transport: TransportRoom) => PatternRun,
  retry: RetryRule,
  recorder: Recorder,
  warmUpUntil: () => number,
  tell: (message: FromWorker) => void,
): ConnectionWorker {
  const { config } = plan
  const route = routeOf(config.target, plan.url)!
  const listener: ConnectionListener = {
    opened: connection => opener.opened(connection),
    message(connection, buffer, start, end) {
      if (connection.times !== null) firstMessage(connection, recorder, transport.readAt)
      pattern.message(connection, buffer, start, end)
    },
    flushed: connection => pattern.flushed(connection),
    ended: (connection, end) => opener.ended(connection, end),
  }
  const transport = createRooms(plan, route, recorder, listener)
  const make = unit.prepare(transport)
  const pattern = createPattern(transport)
  const redirects = new Redirects(plan, route, recorder)

  const opener: Opener = new Opener({
    first: plan.first,
    connections: plan.connections,
    recorder,
    timers: transport.timers,
    timeoutMs: config.target.timeoutMs,
    concurrency: HANDSHAKES_AT_ONCE[plan.transport],
    make,
    start(connection, resume, url) {
      const to = url === null ? route : redirects.to(url)
      if (to === null)
        return { kind: 'redirect', text: `redirected to ${url}, which is no address for ${plan.transport}` }
      connection.start(to.dial, resume)
      return null
    },
    retryDelay: retry,
    resolveUrl: (location, base) => new URL(location, base ?? plan.url).href,
    settled: hopeless =>
      tell({ type: 'settled', opened: opener.totals.opened, failed: opener.totals.failed, hopeless }),
    onOpened(connection) {
      recordTimes(connection, recorder)
      pattern.opened(connection)
      if (config.pattern === 'idle' || config.pattern === 'echo') connection.times = null
    },
    onLeaving: state => pattern.audience?.leaving(state),
    onEnded: connection => pattern.ended(connection),
  })

  const sendLag = recorder.histogram('gen_send_lag')
  const warmUpLag = recorder.histogram('warmup_gen_send_lag')
  const pacer = new Pacer<Connection>({
    targets: opener.open,
    send(connection, scheduledMs, sentMs) {
      // A target that does not read would make us hold its messages: they are counted instead.
      if (connection.backlog > BACKLOG_MAX) recorder.count('msgs_unsent')
      else pattern.send(connection, scheduledMs, sentMs)
    },
    flush: connection => pattern.flush(connection),
    arrival: config.pace.kind === 'open' || config.pace.kind === 'open-total' ? config.pace.arrival : 'constant',
    random: seededRandom(splitSeed(plan.seed, streamOf(plan))),
    sendLag: dueMs => (dueMs < warmUpUntil() ? warmUpLag : sendLag),
    unsent: count => recorder.count('gen_unsent', count),
    finished: () => tell({ type: 'finished', published: 0 }),
  })

  let aimTimer: NodeJS.Timeout | null = null
  let rateFixed = false

  const { stages, connectRate } = config
  const isRamped = stages.length > 0 || climbsConnections(config)
  // --find-max begins with nobody and says how many come.
  let goal = climbsConnections(config) ? 0 : plan.connections
  let goalSince = 0
  let attemptsBefore = 0

  const aimAt = (count: number) => {
    if (aimTimer !== null) clearTimeout(aimTimer)
    goal = count
    goalSince = now()
    attemptsBefore = opener.totals.attempts
    aimByPlan()
  }

  const aimByPlan = () => {
    const elapsed = now() - goalSince
    const target = stages.length === 0 ? goal : stageShare(plan, elapsed)
    const allowed =
      connectRate === null
        ? Number.POSITIVE_INFINITY
        : attemptsBefore + Math.ceil(((connectRate / plan.workers / plan.shards) * elapsed) / 1000) + 1
    opener.aim(target, allowed)
    if (config.pace.kind === 'open' && isRamped && !rateFixed) {
      pacer.setRate(config.pace.perConnection * opener.open.length)
    }
    const more = isRamped || (connectRate !== null && allowed < attemptsBefore + goal)
    if (more) aimTimer = setTimeout(aimByPlan, AIM_MS)
  }

  return {
    transport,
    open: () => aimAt(goal),
    run(startAt, endAt) {
      if (config.pattern !== 'echo') return
      const { pace } = config
      if (pace.kind === 'closed') {
        setTimeout(() => pattern.loop(true), Math.max(0, startAt - now()))
        setTimeout(
          () => {
            pattern.loop(false)
            tell({ type: 'finished', published: 0 })
          },
          Math.max(0, endAt - now()),
        )
      } else if (pace.kind !== 'none') {
        pacer.start(startAt, endAt, paceOf(plan, opener.open.length), phaseOf(plan))
      }
    },
    rate(perSecond) {
      rateFixed = true
      pacer.setRate(perSecond)
    },
    connections: aimAt,
    pause() {
      pacer.stop()
      pattern.loop(false)
    },
    // Who is between two connections may still be given what was published meanwhile.
    outstanding: () => pattern.outstanding() + (config.pattern === 'publish' ? opener.away : 0),
    primed: () => pattern.primed(),
    audience: pattern.audience,
    close() {
      if (aimTimer !== null) clearTimeout(aimTimer)
      pacer.stop()
      opener.close()
    },
    abort: () => opener.abort(),
    get openCount() {
      return opener.open.length
    },
    get pending() {
      return opener.pending
    },
  }
}

const BACKLOG_MAX = 1024 * 1024

/** Messages per second of this worker at the start. */
function paceOf(plan: WorkerPlan, open: number): number {
  const { pace, connections } = plan.config
  if (pace.kind === 'open') return pace.perConnection * open
  if (pace.kind === 'open-total') return (pace.total * plan.connections) / connections
  return 0
}

/** Part of a gap by which this worker's schedule is behind the first one's: all together keep even distances. */
const phaseOf = ({ worker, workers, shard, shards }: WorkerPlan): number => (shard + worker / workers) / shards

/** This worker's part of the connections that the stages ask for after `elapsed` ms. */
export function stageShare(plan: WorkerPlan, elapsed: number): number {
  let before = 0
  let startAt = 0
  for (const { durationMs, connections } of plan.config.stages) {
    if (elapsed < startAt + durationMs) {
      const part = (elapsed - startAt) / durationMs
      return workerShare(Math.round(before + (connections - before) * part), plan)
    }
    before = connections
    startAt += durationMs
  }
  return workerShare(before, plan)
}

function recordTimes({ times }: Connection, recorder: Recorder): void {
  if (times === null) return
  if (times.dnsMs !== null) recorder.recordMs('conn_dns', times.dnsMs)
  if (times.tcpMs !== null) recorder.recordMs('conn_tcp', times.tcpMs)
  if (times.tlsMs !== null) recorder.recordMs('conn_tls', times.tlsMs)
}

function firstMessage(connection: Connection, recorder: Recorder, readAt: number): void {
  recorder.recordMs('conn_first_message', readAt - connection.times!.startedAt)
  connection.times = null
}

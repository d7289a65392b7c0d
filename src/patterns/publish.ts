import { Arrival } from '../measure/audit.ts'
import { FailedPublishes } from '../measure/failed-publishes.ts'
import { createMark, findMark, MARK_BYTES, readMark } from '../measure/mark.ts'
import { SkewTracker } from '../measure/skew.ts'
import { Subscription } from '../measure/subscription.ts'
import type { Connection } from '../transports/transport.ts'
import { now } from '../world/clock.ts'
import type { PatternRoom, PatternRun, PatternUnit } from './pattern.ts'
import { PRIMING_SOURCES, primingSource, publisherSource } from './pattern.ts'

/** The receiving side: every subscriber is to get every message that is sent while it is subscribed, once and in order. */
function create(room: PatternRoom): PatternRun {
  const { config, recorder, transport, tag, shard, warmUpUntil } = room
  const { hot } = recorder
  const latency = recorder.histogram('push_latency')
  const service = recorder.histogram('push_latency_service')
  const warmLatency = recorder.histogram('warmup_push_latency')
  const skew = new SkewTracker(recorder.skews)
  const mark = createMark()
  const firstSource = publisherSource(shard, 0)
  const lastSource = publisherSource(shard, 255)
  const priming = primingSource(shard)
  const open = new Set<Connection>()
  const subscriptions: Subscription[] = []
  /** Those that `spans` told a span of, in that order. */
  let partial: Subscription[] = []
  const unprimed = new Set<Subscription>()

  const accept = (subscription: Subscription) => {
    if (mark.source === priming) {
      if (subscription.prime(mark.sentMs)) unprimed.delete(subscription)
      return
    }
    if (mark.source < firstSource || mark.source > lastSource) {
      // Other shards publish to the same channel: each shard audits its own.
      if (mark.source < PRIMING_SOURCES) hot.msgs_unexpected += 1
      return
    }
    if (subscription.isEarly(mark.sentMs)) {
      recorder.count('msgs_early')
      return
    }
    const publisher = mark.source - firstSource
    const arrival = subscription.accept(publisher, mark.sequence)
    if (arrival === Arrival.duplicate) {
      hot.msgs_duplicated += 1
      return
    }
    if (arrival === Arrival.reordered) hot.msgs_reordered += 1
    hot.msgs_received += 1
    if (mark.scheduledMs < warmUpUntil()) {
      recorder.count('warmup_msgs_received')
      warmLatency.record((transport.readAt - mark.scheduledMs) * 1000)
      return
    }
    subscription.count(publisher, mark.sequence)
    skew.arrived(publisher, mark.sequence, transport.readAt, open.size)
    latency.record((transport.readAt - mark.scheduledMs) * 1000)
    service.record((transport.readAt - mark.sentMs) * 1000)
  }

  return {
    opened(connection) {
      if (connection.state === null) {
        const subscription = new Subscription(now())
        connection.state = subscription
        subscriptions.push(subscription)
        recorder.count('subscribers')
        unprimed.add(subscription)
      }
      open.add(connection)
    },
    message(connection, buffer, start, end) {
      const subscription = connection.state as Subscription
      let at = findMark(buffer, start, end, tag)
      if (at === -1) hot.msgs_unexpected += 1
      // One answer of a long poll may hold several messages.
      while (at !== -1) {
        if (readMark(buffer, at, transport.readAt, mark)) accept(subscription)
        else hot.msgs_unexpected += 1
        at = findMark(buffer, at + MARK_BYTES, end, tag)
      }
    },
    flushed() {},
    ended(connection) {
      open.delete(connection)
      unprimed.delete(connection.state as Subscription)
    },
    send() {},
    flush() {},
    loop() {},
    outstanding() {
      let missing = 0
      for (const { state } of open) {
        const { expected, received } = state as Subscription
        missing += Math.max(0, expected - received)
      }
      return missing
    },
    primed: () => unprimed.size === 0,
    audience: {
      leaving: state => (state as Subscription | null)?.leave(now()),
      spans() {
        partial = subscriptions.filter(({ isWhole }) => !isWhole)
        return partial.flatMap(subscription => subscription.span(config.target.timeoutMs))
      },
      expect(published, inSpans, flat) {
        const failed = new FailedPublishes(flat)
        if (flat.length > 0) for (const subscription of subscriptions) subscription.forgive(failed)
        for (const subscription of subscriptions) if (subscription.isWhole) subscription.expected = published
        for (const [i, subscription] of partial.entries()) subscription.expected = inSpans[i]!
      },
      lost: () => subscriptions.reduce((sum, { lost }) => sum + lost, 0),
    },
  }
}

const publish: PatternUnit = {
  title: 'publish messages and time their delivery to every subscriber',
  transports: ['ws', 'sse', 'poll'],
  latency: 'push_latency',
  create,
}

export default publish

import { Arrival, SequenceAudit } from '../measure/audit.ts'
import { createMark, findMark, MARK_BYTES, readMark } from '../measure/mark.ts'
import { SkewTracker } from '../measure/skew.ts'
import type { Connection } from '../transports/transport.ts'
import type { PatternRoom, PatternRun, PatternUnit } from './pattern.ts'
import { PRIMING_SOURCES, primingSource, publisherSource } from './pattern.ts'

/** What one subscriber has received: an audit per publisher of this shard. */
class SubscriberState {
  received = 0
  primed = false
  readonly audits: SequenceAudit[] = []
}

/** The receiving side: every subscriber is to get every message that the publishers sent, once and in order. */
function create(room: PatternRoom): PatternRun {
  const { recorder, transport, tag, shard, warmUpUntil } = room
  const { hot } = recorder
  const latency = recorder.histogram('push_latency')
  const service = recorder.histogram('push_latency_service')
  const warmLatency = recorder.histogram('warmup_push_latency')
  const skew = new SkewTracker(recorder.histogram('push_skew'))
  const mark = createMark()
  const firstSource = publisherSource(shard, 0)
  const lastSource = publisherSource(shard, 255)
  const priming = primingSource(shard)
  const open = new Set<Connection>()
  let unprimed = 0

  const accept = (state: SubscriberState) => {
    if (mark.source === priming) {
      if (!state.primed) unprimed -= 1
      state.primed = true
      return
    }
    if (mark.source < firstSource || mark.source > lastSource) {
      // Other shards publish to the same channel: each shard audits its own.
      if (mark.source < PRIMING_SOURCES) hot.msgs_unexpected += 1
      return
    }
    const audit = (state.audits[mark.source - firstSource] ??= new SequenceAudit())
    const arrival = audit.accept(mark.sequence)
    if (arrival === Arrival.duplicate) {
      hot.msgs_duplicated += 1
      return
    }
    if (arrival === Arrival.reordered) hot.msgs_reordered += 1
    state.received += 1
    hot.msgs_received += 1
    if (mark.scheduledMs < warmUpUntil()) {
      warmLatency.record((transport.readAt - mark.scheduledMs) * 1000)
      return
    }
    skew.arrived(mark.source - firstSource, mark.sequence, transport.readAt, open.size)
    latency.record((transport.readAt - mark.scheduledMs) * 1000)
    service.record((transport.readAt - mark.sentMs) * 1000)
  }

  return {
    opened(connection) {
      if (connection.state === null) {
        connection.state = new SubscriberState()
        recorder.count('subscribers')
        unprimed += 1
      }
      open.add(connection)
    },
    message(connection, buffer, start, end) {
      const state = connection.state as SubscriberState
      let at = findMark(buffer, start, end, tag)
      if (at === -1) hot.msgs_unexpected += 1
      // One answer of a long poll may hold several messages.
      while (at !== -1) {
        if (readMark(buffer, at, transport.readAt, mark)) accept(state)
        else hot.msgs_unexpected += 1
        at = findMark(buffer, at + MARK_BYTES, end, tag)
      }
    },
    flushed() {},
    ended(connection) {
      if (!open.delete(connection)) return
      const state = connection.state as SubscriberState
      if (!state.primed) unprimed -= 1
      state.primed = true
    },
    send() {},
    flush() {},
    loop() {},
    outstanding(published) {
      let missing = 0
      for (const connection of open) missing += Math.max(0, published - (connection.state as SubscriberState).received)
      return missing
    },
    primed: () => unprimed === 0,
  }
}

const publish: PatternUnit = {
  title: 'publish messages and time their delivery to every subscriber',
  transports: ['ws', 'sse', 'poll'],
  latency: 'push_latency',
  create,
}

export default publish

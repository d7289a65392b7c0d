import { Arrival, SequenceAudit } from '../measure/audit.ts'
import { createMark, findMark, MARK_BYTES, markTime, readMark, renumberMark, writeMark } from '../measure/mark.ts'
import type { Connection, MessageConnection } from '../transports/transport.ts'
import { now } from '../world/clock.ts'
import { WakeUpBatch } from '../world/wake-up-batch.ts'
import { messageTemplate } from './message-template.ts'
import type { PatternRoom, PatternRun, PatternUnit } from './pattern.ts'

/** What one connection has in flight. */
class EchoState {
  sent = 0
  received = 0
  /** In flight when an earlier connection of this client ended. */
  lost = 0
  /** Answers of the read being handled: in a closed loop each is followed by a new message. */
  answered = 0
  readonly audit = new SequenceAudit()
  /** Send times, only for messages without a mark: [scheduled, sent, scheduled, sent, …]. */
  unmarked: number[] | null = null
}

/** Sends messages and times each answer. */
function create(room: PatternRoom): PatternRun {
  const { config, recorder, transport, tag, warmUpUntil } = room
  const { hot } = recorder
  const { bytes, markAt } = messageTemplate(config.message)
  const inFlight = config.pace.kind === 'closed' ? config.pace.inFlight : 0
  const rtt = recorder.histogram('msg_rtt')
  const service = recorder.histogram('msg_rtt_service')
  const warmRtt = recorder.histogram('warmup_msg_rtt')
  const mark = createMark()
  const open = new Set<MessageConnection>()
  let pending = 0
  let looping = false

  const send = (connection: MessageConnection, scheduledMs: number, sentMs: number) => {
    const state = connection.state as EchoState
    if (markAt >= 0) writeMark(bytes, markAt, tag, connection.index, state.sent, scheduledMs, sentMs)
    else (state.unmarked ??= []).push(scheduledMs, sentMs)
    post(connection, state, scheduledMs)
  }

  const post = (connection: MessageConnection, state: EchoState, scheduledMs: number) => {
    state.sent += 1
    pending += 1
    hot.msgs_sent += 1
    if (markTime(scheduledMs) < warmUpUntil()) recorder.count('warmup_msgs_sent')
    connection.send(bytes, config.message.binary)
  }

  const answer = (state: EchoState, scheduledMs: number, sentMs: number) => {
    state.received += 1
    state.answered += 1
    pending -= 1
    hot.msgs_received += 1
    if (markTime(scheduledMs) < warmUpUntil()) {
      recorder.count('warmup_msgs_received')
      warmRtt.record((transport.readAt - scheduledMs) * 1000)
      return
    }
    rtt.record((transport.readAt - scheduledMs) * 1000)
    service.record((transport.readAt - sentMs) * 1000)
  }

  const marked = (connection: MessageConnection, state: EchoState, buffer: Buffer, at: number) => {
    if (
      !readMark(buffer, at, transport.readAt, mark) ||
      mark.source !== connection.index ||
      mark.sequence >= state.sent
    ) {
      hot.msgs_unexpected += 1
      return
    }
    const arrival = state.audit.accept(mark.sequence)
    if (arrival === Arrival.duplicate) {
      hot.msgs_duplicated += 1
      return
    }
    if (arrival === Arrival.reordered) hot.msgs_reordered += 1
    answer(state, mark.scheduledMs, mark.sentMs)
  }

  const unmarked = (state: EchoState) => {
    const times = state.unmarked
    if (times === null || times.length === 0) hot.msgs_unexpected += 1
    else answer(state, times.shift()!, times.shift()!)
  }

  const answered = new WakeUpBatch<MessageConnection>(connection => {
    const state = connection.state as EchoState
    const count = state.answered
    state.answered = 0
    if (looping && connection.open) fill(connection, count)
  })

  const fill = (connection: MessageConnection, count: number) => {
    if (count === 0) return
    const time = now()
    const state = connection.state as EchoState
    send(connection, time, time)
    for (let i = 1; i < count; i += 1) {
      if (markAt >= 0) renumberMark(bytes, markAt, state.sent)
      else state.unmarked!.push(time, time)
      post(connection, state, time)
    }
    connection.flush()
  }

  return {
    opened(connection) {
      connection.state ??= new EchoState()
      open.add(connection as MessageConnection)
      if (looping) fill(connection as MessageConnection, inFlight)
    },
    message(connection, buffer, start, end) {
      const state = connection.state as EchoState
      if (markAt < 0) {
        unmarked(state)
        return
      }
      // An echo has the mark where the message had it; a server that wraps it has it elsewhere.
      let at = findMark(buffer, start + markAt, Math.min(end, start + markAt + MARK_BYTES), tag)
      if (at === -1) at = findMark(buffer, start, end, tag)
      if (at === -1) hot.msgs_unexpected += 1
      else marked(connection as MessageConnection, state, buffer, at)
    },
    flushed(connection) {
      const state = connection.state as EchoState | null
      if (state === null || state.answered === 0) return
      if (!looping) {
        state.answered = 0
        return
      }
      answered.add(connection as MessageConnection)
    },
    ended(connection) {
      const state = connection.state as EchoState | null
      if (state === null || !open.delete(connection as MessageConnection)) return
      // What was in flight on a lost connection will not come any more.
      pending -= state.sent - state.received - state.lost
      state.lost = state.sent - state.received
      state.unmarked = null
    },
    send: (connection: Connection, scheduledMs: number, sentMs: number) =>
      send(connection as MessageConnection, scheduledMs, sentMs),
    flush: (connection: Connection) => (connection as MessageConnection).flush(),
    loop(running) {
      looping = running && inFlight > 0
      if (looping) for (const connection of open) fill(connection, inFlight)
    },
    outstanding: () => pending,
    primed: () => true,
  }
}

const echo: PatternUnit = {
  title: 'send messages and time each answer',
  transports: ['ws'],
  latency: 'msg_rtt',
  create,
}

export default echo

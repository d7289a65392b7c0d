import type { Connection } from '../transports/transport.ts'
import { watchClock } from '../measure/clock-distance.ts'
import { wallOf } from '../world/clock.ts'
import type { PatternRoom, PatternRun, PatternUnit } from './pattern.ts'

class ListenerState {
  lastAt = -1
}

/** Times what the server emits by itself: gaps between messages and, where a message says when it was sent, delay. */
function create(room: PatternRoom): PatternRun {
  const { config, recorder, transport } = room
  const { hot } = recorder
  const gap = recorder.histogram('event_gap')
  const latency = recorder.histogram('push_latency')
  const offsetMs = room.clock?.offsetMs ?? 0
  const clock = watchClock(recorder, room.clock?.plusMinusMs ?? 0)
  if (config.timestamp !== null && room.clock === null)
    transport.onDate = (date, requestAt) => clock.date(date, requestAt)
  const key = config.timestamp === null ? null : Buffer.from(`"${config.timestamp.key}":`)

  return {
    opened(connection) {
      connection.state = new ListenerState()
    },
    message(connection: Connection, buffer, start, end) {
      const state = connection.state as ListenerState
      hot.msgs_received += 1
      // Several messages of one read arrived together: their gap is zero, which is the truth of this connection.
      if (state.lastAt >= 0) gap.record((transport.readAt - state.lastAt) * 1000)
      state.lastAt = transport.readAt
      if (key === null) return
      const sentAt = numberAfter(buffer.subarray(start, end), key)
      if (sentAt === null) {
        recorder.count('msgs_without_timestamp')
        return
      }
      const tookMs = wallOf(transport.readAt) - (sentAt - offsetMs)
      clock.took(tookMs)
      latency.record(tookMs * 1000)
    },
    flushed() {},
    ended() {},
    send() {},
    flush() {},
    loop() {},
    outstanding: () => 0,
    primed: () => true,
  }
}

/** The JSON number behind a key, read without parsing the rest; null where there is none. */
export function numberAfter(message: Buffer, key: Buffer): number | null {
  const at = message.indexOf(key)
  if (at === -1) return null
  const text = message.toString('latin1', at + key.length, at + key.length + 24)
  const match = /^\s*(-?\d+(?:\.\d+)?)/.exec(text)
  return match === null ? null : Number(match[1])
}

const listen: PatternUnit = {
  title: 'time what the server emits by itself',
  transports: ['ws', 'sse', 'poll'],
  latency: 'event_gap',
  create,
}

export default listen

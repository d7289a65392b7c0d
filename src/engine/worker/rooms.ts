import type { HeaderLine, LoadConfig, Transport } from '../../config/run-config.ts'
import type { Recorder } from '../../measure/recorder.ts'
import { type ConnectionListener, noBytes, type TransportRoom } from '../../transports/transport.ts'
import type { WireRoom } from '../../wire/dial.ts'
import { createResolver } from '../../wire/resolve.ts'
import type { Route } from '../../wire/route.ts'
import type { TlsCounts } from '../../wire/tls.ts'
import { createTimerQueue } from '../../world/timer-queue.ts'
import { createTurnClock } from '../../world/turn-clock.ts'

/** What of a run's configuration its connections need. */
export interface RoomPlan {
  config: Pick<LoadConfig, 'target' | 'deflate' | 'cursor' | 'pollIntervalMs'>
  transport: Transport
}

/** One read buffer per process: reads are parsed in place, so its size is what one wake-up can bring. */
const READ_BUFFER_BYTES = 256 * 1024
const MESSAGE_BYTES_MAX = 64 * 1024 * 1024

/** What the connections of a worker share, and the byte totals that the recorder follows. */
export function createRooms(
  plan: RoomPlan,
  route: Route,
  recorder: Recorder,
  listener: ConnectionListener,
): TransportRoom {
  const { config, transport } = plan
  const { localAddresses } = config.target
  const wire: WireRoom = {
    readBuffer: Buffer.allocUnsafeSlow(READ_BUFFER_BYTES),
    resolve: createResolver(),
    localAddress: index => (localAddresses.length === 0 ? undefined : localAddresses[index % localAddresses.length]),
    bytes: { received: 0, sent: 0, reads: 0, fullReads: 0 },
    turn: createTurnClock(),
  }
  const received = noBytes()
  const sent = noBytes()
  const headers: HeaderLine[] =
    route.authorization === null
      ? config.target.headers
      : [...config.target.headers, ['Authorization', route.authorization]]
  recorder.follow('bytes_received', () => wire.bytes.received)
  recorder.follow('bytes_sent', () => wire.bytes.sent)
  recorder.follow('bytes_payload_received', () => received.payload)
  recorder.follow('bytes_framing_received', () => received.framing)
  recorder.follow('bytes_chunk_received', () => received.chunk)
  recorder.follow(
    'bytes_header_received',
    () => wire.bytes.received - received.payload - received.framing - received.chunk,
  )
  recorder.follow('bytes_payload_sent', () => sent.payload)
  recorder.follow('bytes_framing_sent', () => sent.framing)
  recorder.follow('bytes_header_sent', () => wire.bytes.sent - sent.payload - sent.framing)
  recorder.follow('gen_reads', () => wire.bytes.reads)
  recorder.follow('gen_full_reads', () => wire.bytes.fullReads)
  if (route.dial.tls !== null) followHandshakes(recorder, route.dial.tls.counts)
  return {
    wire,
    listener,
    recorder,
    received,
    sent,
    timers: createTimerQueue(),
    readAt: 0,
    request: {
      headers,
      subprotocols: config.target.subprotocols,
      deflate: transport === 'ws' && config.deflate,
      cursor: config.cursor,
      pollIntervalMs: config.pollIntervalMs,
      maxMessageBytes: MESSAGE_BYTES_MAX,
    },
  }
}

export function followHandshakes(recorder: Recorder, counts: TlsCounts): void {
  recorder.follow('tls_full', () => counts.full)
  recorder.follow('tls_resumed', () => counts.resumed)
}

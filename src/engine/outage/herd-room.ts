import type { HeaderLine } from '../../config/run-config.ts'
import type { Recorder } from '../../measure/recorder.ts'
import type { ConnectionListener, TransportRoom } from '../../transports/transport.ts'
import { noBytes } from '../../transports/transport.ts'
import { createResolver } from '../../wire/resolve.ts'
import type { Route } from '../../wire/route.ts'
import { createTimerQueue } from '../../world/timer-queue.ts'
import { createTurnClock } from '../../world/turn-clock.ts'
import type { HerdWorkerPlan } from './worker-plan.ts'

const READ_BUFFER_BYTES = 256 * 1024
const MESSAGE_BYTES_MAX = 16 * 1024 * 1024

/** What the connections of one herd worker share. */
export function createHerdRoom(
  plan: HerdWorkerPlan,
  route: Route,
  recorder: Recorder,
  listener: ConnectionListener,
): TransportRoom {
  const { headers, localAddresses, subprotocols } = plan.target
  const authorization: HeaderLine[] = route.authorization === null ? [] : [['Authorization', route.authorization]]
  return {
    wire: {
      readBuffer: Buffer.allocUnsafeSlow(READ_BUFFER_BYTES),
      resolve: createResolver(),
      localAddress: index => (localAddresses.length === 0 ? undefined : localAddresses[index % localAddresses.length]),
      bytes: { received: 0, sent: 0, reads: 0, fullReads: 0 },
      turn: createTurnClock(),
    },
    listener,
    recorder,
    received: noBytes(),
    sent: noBytes(),
    timers: createTimerQueue(),
    readAt: 0,
    request: {
      headers: [...headers, ...authorization],
      subprotocols,
      deflate: false,
      cursor: plan.cursor,
      pollIntervalMs: null,
      maxMessageBytes: MESSAGE_BYTES_MAX,
    },
  }
}

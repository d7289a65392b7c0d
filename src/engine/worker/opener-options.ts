import type { Recorder } from '../../measure/recorder.ts'
import type { Connection, End, Resume } from '../../transports/transport.ts'
import type { Failure } from '../../wire/failure.ts'
import type { TimerQueue } from '../../world/timer-queue.ts'

/** How long a connection or an attempt lasted, ms. */
export interface ConnectionLife {
  /** Null: it was never established. */
  upMs: number | null
  sinceAttemptMs: number
}

export interface OpenerOptions {
  first: number
  connections: number
  recorder: Recorder
  timers: TimerQueue
  timeoutMs: number
  /** Handshakes under way at once; more gain nothing and fill the target's accept queue. */
  concurrency: number
  make(index: number): Connection
  start(connection: Connection, resume: Resume, url: string | null): Failure | null
  /** Ms until this client tries again; null: it stays away. */
  retryDelay(index: number, end: End, life: ConnectionLife, resume: Resume): number | null
  resolveUrl(location: string, base: string | null): string
  /** Every connection of the present target number was opened or has failed, and those above it have ended. */
  settled(hopeless: boolean): void
  onOpened(connection: Connection): void
  /** A client that kept this state goes on purpose. */
  onLeaving(state: unknown): void
  onEnded(connection: Connection, opened: boolean): void
}
